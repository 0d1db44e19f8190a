// Documents: upload alone or several at once, download, delete. Links are refused, as a cluster's local store refuses them.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { NewDocument, StoredDocument } from '../../document/documents.ts';
import { bytes, created, isProblem, noContent, type Answer, type Problem } from '../answer.ts';
import { operation, type Call } from '../operation.ts';
import { documentExists, documentHashDiffers, forbidden, invalidArgument, missingDocumentHash, missingPart, noSuchDocument, unknownStore } from '../problem.ts';
import { readForm, type UploadedFile } from '../request/form.ts';
import { int64, optional } from '../request/fields.ts';
import { isoOf } from '../search/row.ts';
import { metadataOf, readMetadata } from './document-metadata.ts';

/** What a cluster calls a store on its own disk. */
const STORE_ID = 'local';
const LONGEST_ID = 255;

const store = z.object({ storeId: z.string().optional() });
const upload = store.extend({ documentId: z.string().optional() });
const download = store.extend({ contentHash: z.string().optional() });
const link = z.strictObject({ timeToLive: optional(int64) });

type Query = { readonly storeId?: string | undefined };

export const documentOperations = [
  operation({ operationId: 'createDocument', method: 'POST', path: '/documents', query: upload, answer: createOne }),
  operation({ operationId: 'createDocuments', method: 'POST', path: '/documents/batch', query: store, answer: createMany }),
  operation({
    operationId: 'getDocument', method: 'GET', path: '/documents/{documentId}', textInPath: true, query: download,
    answer: (call) => {
      const document = find(call, 'hash');
      if (isProblem(document)) return document;
      const content = call.core.documents.contentOf(document.id);
      return content === undefined ? noSuchDocument(document.id) : bytes(document.metadata.contentType, content, document.metadata.fileName);
    },
  }),
  operation({
    operationId: 'deleteDocument', method: 'DELETE', path: '/documents/{documentId}', textInPath: true, query: store,
    answer: (call) => {
      const document = find(call);
      if (isProblem(document)) return document;
      return call.core.documents.delete(document.id) ? noContent : noSuchDocument(document.id);
    },
  }),
  operation({
    operationId: 'createDocumentLink', method: 'POST', path: '/documents/{documentId}/links', textInPath: true, query: download, body: link, bodyOptional: true,
    note: 'answers 403: the document store is local, and like a cluster\'s local store it gives no links',
    answer: (call) => {
      const document = find(call, 'hash');
      return isProblem(document) ? document : forbidden(`The ${STORE_ID} document store does not support creating links`);
    },
  }),
];

async function createOne({ core, request, query: { storeId, documentId = randomUUID() } }: Call<undefined, z.output<typeof upload>>): Promise<Answer> {
  if (isElsewhere(storeId)) return unknownStore(storeId);
  const form = await readForm(request);
  if (isProblem(form)) return form;
  const [file] = form.files('file');
  if (file === undefined) return missingPart('file');
  // Within what every database and URL takes, and nothing that a log would choke on.
  if (documentId === '' || documentId.length > LONGEST_ID || /\p{Cc}/u.test(documentId)) return invalidArgument(`Expected a document id of 1 to ${LONGEST_ID} characters without control characters, but found another one`);
  const metadata = readMetadata(form, 'metadata', 1);
  if (isProblem(metadata)) return metadata;
  const document = newDocument(documentId, file, metadata[0]);
  if (isProblem(document)) return document;
  const stored = core.documents.create([document]);
  return stored === undefined ? documentExists(documentId) : created(shown(stored[0]));
}

async function createMany({ core, request, query: { storeId } }: Call<undefined, z.output<typeof store>>): Promise<Answer> {
  if (isElsewhere(storeId)) return unknownStore(storeId);
  const form = await readForm(request);
  if (isProblem(form)) return form;
  const files = form.files('files');
  if (files.length === 0) return missingPart('files');
  const metadata = readMetadata(form, 'metadataList', files.length);
  if (isProblem(metadata)) return metadata;
  const documents: NewDocument[] = [];
  for (const [index, file] of files.entries()) {
    const document = newDocument(randomUUID(), file, metadata[index]);
    if (isProblem(document)) return document;
    documents.push(document);
  }
  // All or none: with ids of our own nothing can fail for one of them alone.
  return created({ createdDocuments: (core.documents.create(documents) ?? []).map(shown), failedDocuments: [] });
}

function newDocument(id: string, file: UploadedFile, given: Parameters<typeof metadataOf>[1]): NewDocument | Problem {
  return file.bytes === undefined
    ? invalidArgument(`Expected bytes in the part '${file.part}', but without a file name they came as text and are damaged; send the part with a file name`)
    : { id, content: file.bytes, metadata: metadataOf(file, given) };
}

/** The document in the path, after the checks that come before it; `hash` where the request must name its hash. */
function find({ core, keyText, query }: Call<unknown, Query & { readonly contentHash?: string | undefined }>, needs?: 'hash'): StoredDocument | Problem {
  if (isElsewhere(query.storeId)) return unknownStore(query.storeId);
  const document = core.documents.get(keyText);
  if (document === undefined) return noSuchDocument(keyText);
  if (needs === undefined) return document;
  if (query.contentHash === undefined || query.contentHash === '') return missingDocumentHash(keyText);
  return query.contentHash === document.contentHash ? document : documentHashDiffers(keyText);
}

function isElsewhere(storeId: string | undefined): storeId is string {
  return storeId !== undefined && storeId !== '' && storeId !== STORE_ID;
}

function shown(document: StoredDocument | undefined): object {
  if (document === undefined) throw new Error('A document that was stored is answered.');
  const { contentType, fileName, expiresAt, processDefinitionId, processInstanceKey, customProperties } = document.metadata;
  return {
    'camunda.document.type': 'camunda',
    storeId: STORE_ID,
    documentId: document.id,
    contentHash: document.contentHash,
    metadata: {
      contentType, fileName, size: document.size, processDefinitionId, customProperties,
      expiresAt: expiresAt === undefined ? undefined : isoOf(expiresAt),
      processInstanceKey: processInstanceKey === undefined ? undefined : String(processInstanceKey),
    },
  };
}
