// `npm run deployments -- export --data DIR --to FOLDER` and `… import --from FOLDER --data DIR`, or `--url URL` in place of `--data`: all definitions with their versions, from one engine to another.
import { archiveCommand } from './archive-command.ts';

const { code, said } = await archiveCommand(process.argv.slice(2), process.env['STELLWERK_API_KEY']);
(code === 0 ? process.stdout : process.stderr).write(`${said}\n`);
process.exitCode = code;
