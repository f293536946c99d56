import type { Plugin } from 'esbuild';

export declare const standIns: Readonly<Record<string, string>>;
export declare const hostPlugins: Plugin[];
