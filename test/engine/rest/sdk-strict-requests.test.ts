// The same operations once more with the client checking and rewriting requests, too: it then sends int64 as text and drops what it does not know.
process.env['CAMUNDA_SDK_VALIDATION'] = 'req:strict,res:strict';
await import('./sdk.test.ts');
