/** The cookie that carries a session: out of reach for scripts and for other sites. */

export const sessionCookie = 'stellwerk_session';

/** The header Set-Cookie; the token holds no character that a cookie would need to escape. */
export function setSessionCookie(token: string, expiresAt: number, secure: boolean): string {
  return `${sessionCookie}=${token}; Path=/; Expires=${new Date(expiresAt).toUTCString()}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

export function clearSessionCookie(secure: boolean): string {
  return setSessionCookie('', 0, secure);
}
