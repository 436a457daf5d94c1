/** An amount of an asset as its reader writes numbers. */
const MONEY = /^[A-Z]{3}(-held)?$/;
const MICROS = 6;

/**
 * @param asset {string} its code: money is counted in millionths, all else in whole units
 * @param units {bigint}
 * @param language {string}
 */
export function amountIn(asset, units, language) {
  if (!MONEY.test(asset)) return `${new Intl.NumberFormat(language).format(units)} ${asset}`;
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(MICROS + 1, "0");
  const text = `${sign}${digits.slice(0, -MICROS)}.${digits.slice(-MICROS)}`;
  const form = new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: MICROS,
  });
  return `${form.format(text)} ${asset}`;
}
