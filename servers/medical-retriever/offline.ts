/** Whether live sources are switched off: `MEDRESEARCHER_OFFLINE=1`. */
export function isOffline(): boolean {
  return /^(?:1|true|yes)$/i.test(process.env["MEDRESEARCHER_OFFLINE"] ?? "");
}
