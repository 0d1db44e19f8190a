/**
 * Seals what the engine's counter would tell. The engine's keys are one running number, and how far it moved between two
 * tasks tells which way a case took, an audit for instance. People of the inbox therefore see sealed keys and cursors.
 */
import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto';

export type InboxSeal = {
  /** The same text for the same key each time, so that it can stand in an address. */
  sealKey(userTaskKey: string): string;
  /** Null for a text that this seal did not make. */
  openKey(sealed: string): string | null;
  sealText(text: string): string;
  openText(sealed: string): string | null;
};

const blockLength = 16;
const nonceLength = 12;

/** One block of AES-256: the key in eight bytes, eight zero bytes that show that the block is ours. */
export function createInboxSeal(secret: string): InboxSeal {
  const key = createSecretKey(createHash('sha256').update(secret).digest());
  const cipherBlock = (block: Buffer) => {
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  };
  const decipherBlock = (block: Buffer) => {
    const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    return Buffer.concat([decipher.update(block), decipher.final()]);
  };
  return {
    sealKey(userTaskKey) {
      const block = Buffer.alloc(blockLength);
      block.writeBigUInt64BE(BigInt(userTaskKey));
      return cipherBlock(block).toString('base64url');
    },
    openKey(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length !== blockLength) return null;
      const block = decipherBlock(bytes);
      return block.readBigUInt64BE(8) === 0n ? block.readBigUInt64BE().toString() : null;
    },
    sealText(text) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    openText(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < nonceLength + blockLength) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength)).setAuthTag(bytes.subarray(nonceLength, nonceLength + blockLength));
      const text = decipher.update(bytes.subarray(nonceLength + blockLength));
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        // node:crypto throws an unspecific error exactly when the tag does not fit: not a text of ours.
        return null;
      }
    },
  };
}
