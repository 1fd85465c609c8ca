// npm start: installs what is missing, builds, and serves the result.
import { installPackages, root, step } from './run.js';
import { serve } from './serve.js';

const port = Number(process.env['PORT'] ?? 4173);

installPackages();
step('The app is built', 'npm run --silent build');
await serve(`${root}/build`, port);
console.log(`\nhttp://localhost:${String(port)}`);
