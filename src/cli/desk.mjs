#!/usr/bin/env node
// Runs the TypeScript sources directly, so that the command works after `npm ci` without a build.
import { createRequire } from 'node:module';
import { register } from 'tsx/cjs/api';

register();
const { main } = createRequire(import.meta.url)('./main.ts');
await main(process.argv.slice(2));
