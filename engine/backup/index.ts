// Backup and restore of data folders, for the commands and for the processes that have a folder open.
import { DOCUMENTS_VERSION } from '../document/documents.ts';
import { SCHEMA_VERSION } from '../store/open-store.ts';

/** The versions of the engine's own files that this program reads. */
export const engineStoreVersions = { 'engine.db': SCHEMA_VERSION, 'documents.db': DOCUMENTS_VERSION };

export { openControlSocket, type ControlSocket } from './control-socket.ts';
export { restoreBackup } from './restore-backup.ts';
export { holdDatabase } from './snapshot.ts';
export { takeBackup, type BackupTaken } from './take-backup.ts';
