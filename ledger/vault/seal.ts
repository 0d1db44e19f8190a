/** AES-256-GCM, one fresh nonce per text. A sealed text is nonce (12 bytes), tag (16 bytes), cipher text. */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { randomNonce } from './random-pool.ts';

/** Bytes are turned into a KeyObject with each call, which costs four times the call itself: what is used again should be one. */
export type Secret = KeyObject | Uint8Array;

const nonceLength = 12;
const tagLength = 16;
const cipher = 'aes-256-gcm';

/** `boundTo` must be given again to open it: a sealed text moved elsewhere does not open. */
export function seal(key: Secret, boundTo: string, plain: Uint8Array | string): Uint8Array {
  const nonce = randomNonce(nonceLength);
  const sealer = createCipheriv(cipher, key, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(boundTo));
  const text = Buffer.concat([sealer.update(Buffer.from(plain)), sealer.final()]);
  return Buffer.concat([nonce, sealer.getAuthTag(), text]);
}

/** Null where key, binding or any byte is not the one it was sealed with. */
export function unseal(key: Secret, boundTo: string, sealed: Uint8Array): Buffer | null {
  if (sealed.length < nonceLength + tagLength) return null;
  const opener = createDecipheriv(cipher, key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
  const text = opener.update(sealed.subarray(nonceLength + tagLength));
  try {
    return Buffer.concat([text, opener.final()]);
  } catch {
    // node:crypto throws an unspecific error exactly when the tag does not fit.
    return null;
  }
}

/** HMAC-SHA256 in hex. A text as key stands for its UTF-8 bytes. */
export function keyedHash(key: Secret | string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** A key for one purpose, from a data key. */
export function subkey(key: Secret, purpose: string): KeyObject {
  return createSecretKey(createHmac('sha256', key).update(`stellwerk/${purpose}`).digest());
}
