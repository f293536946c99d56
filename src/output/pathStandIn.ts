/** Stands for Node's `path` where a library asks for a file's name only. */
export default { basename: (path: string): string => path.split("/").at(-1) ?? path };
