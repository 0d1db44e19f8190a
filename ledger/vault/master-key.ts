/** The master key that wraps all others: 32 bytes in `master.key`, readable by the owner of the server only. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Reads the key, or makes it at the first start. Refuses to make a new one where `keysAt` says that an old one wrapped keys, and where they are. */
export function readOrMakeMasterKey(file: string, keysAt: string | null): Buffer {
  if (!existsSync(file)) {
    if (keysAt !== null) throw new Error(`${file} is missing, but ${keysAt} holds keys that only it opens. Put the master key back from its backup.`);
    writeMasterKey(file);
  }
  return readMasterKey(file);
}

export function readMasterKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32) throw new Error(`${file} does not hold a master key of 64 hexadecimal digits. Put the right one back from its backup.`);
  return key;
}

function writeMasterKey(file: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
