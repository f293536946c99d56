/** The number at the start of a heading that also has text. Of `2.1`, the last part. */
export function headingNumber(title: string): number | undefined {
  const [, plain, word] = /^(?:(?:\d{1,3}\.){0,3}(\d{1,3})[.):]?\s+(?=\S)|(?:step|phase|schritt|\u00e9tape|etape|paso|passo|passaggio|stap|krok|steg|\u0448\u0430\u0433|\u044d\u0442\u0430\u043f|\u624b\u9806|\u6b65\u9aa4|\u7b2c)\s*(\d{1,3})(?!\d)[^\p{L}\p{N}]*(?=\S))/iu.exec(title) ?? [];
  const digits = plain ?? word;
  return digits === undefined ? undefined : Number(digits);
}
