/** A fetch that counts concurrent requests. */
export function countConcurrent(to: typeof fetch = fetch): { readonly fetch: typeof fetch; readonly most: () => number } {
  let now = 0;
  let most = 0;
  return {
    most: () => most,
    async fetch(input, init) {
      now += 1;
      most = Math.max(most, now);
      try {
        return await to(input, init);
      } finally {
        now -= 1;
      }
    },
  };
}
