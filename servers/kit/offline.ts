/** Whether the network is switched off by the operator: `MEDRESEARCHER_OFFLINE=1`. */
export function isOffline(): boolean {
  return /^(?:1|true|yes)$/i.test(process.env["MEDRESEARCHER_OFFLINE"] ?? "");
}
