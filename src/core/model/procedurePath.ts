/**
 * The parts of a procedure's path: a Markdown file (`runbooks/release.md`), or one section of it, named by its slug
 * (`runbooks/release.md#manual-qa`).
 */
export interface ProcedurePath {
  /** Path of the file relative to the workspace folder. */
  readonly file: string;
  readonly slug?: string;
}

/** Splits a procedure's path. A `#` in the name of a file is part of the name. */
export function splitProcedurePath(path: string): ProcedurePath {
  const [, file, slug] = /^(.*?\.(?:md|markdown))#(.+)$/is.exec(path) ?? [];
  return file === undefined || slug === undefined ? { file: path } : { file, slug };
}

/** The file of a procedure. */
export function fileOfProcedure(path: string): string {
  return splitProcedurePath(path).file;
}

/** The path of a section, or of the whole file without a slug. */
export function procedurePath(file: string, slug: string | undefined): string {
  return slug === undefined ? file : `${file}#${slug}`;
}
