// Stand in for the package `uc.micro` in the host bundle: JavaScript knows Unicode's classes by name. markdown-it asks for these two.

/** Punctuation. */
export const P = /\p{P}/u;

/** Symbols. */
export const S = /\p{S}/u;
