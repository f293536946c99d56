#!/usr/bin/env node
// The sources run as they are: there is no build between `npm ci` and this command.
import { createRequire } from 'node:module';
import { register } from 'tsx/cjs/api';

register();
const { main } = createRequire(import.meta.url)('./main.ts');
await main(process.argv.slice(2));
