/** Attacks that are seen only when a name is resolved: what the name leads to, each time that it is asked for. */
import type { LookupAddress } from "node:dns";

export interface ResolvedAttack {
  what: string;
  name: string;
  /** One list of addresses for each resolution; the last one for all that follow. */
  answers: readonly (readonly string[])[];
}

const PUBLIC = "93.184.215.14";

export const resolved: readonly ResolvedAttack[] = [
  { what: "a public name for this machine", name: "localtest.example.org", answers: [["127.0.0.1"]] },
  { what: "an address within a name", name: "127.0.0.1.names.example.org", answers: [["127.0.0.1"]] },
  { what: "a name for the metadata of a cloud", name: "meta.example.org", answers: [["169.254.169.254"]] },
  { what: "a name for a machine on the network", name: "intern.example.org", answers: [["10.1.2.3"]] },
  { what: "a name for any address of this machine", name: "any.example.org", answers: [["0.0.0.0"]] },
  { what: "a name for IPv6 loopback", name: "six.example.org", answers: [["::1"]] },
  { what: "a name for a mapped address", name: "mapped.example.org", answers: [["::ffff:127.0.0.1"]] },
  { what: "a name for an address behind NAT64", name: "nat.example.org", answers: [["64:ff9b::a9fe:a9fe"]] },
  { what: "a name for an address in 6to4", name: "sixtofour.example.org", answers: [["2002:7f00:1::1"]] },
  { what: "a name for a link-local address with a zone", name: "zone.example.org", answers: [["fe80::1%lo"]] },
  { what: "a name for a multicast address", name: "many.example.org", answers: [["239.255.255.250"]] },
  { what: "a public address and a private one", name: "mixed.example.org", answers: [[PUBLIC, "127.0.0.1"]] },
  { what: "a private address and a public one", name: "mixed2.example.org", answers: [["127.0.0.1", PUBLIC]] },
  { what: "a public IPv4 and a private IPv6", name: "mixed3.example.org", answers: [[PUBLIC, "fd00::1"]] },
  {
    what: "rebinding: public when checked, private when connected",
    name: "rebind.example.org",
    answers: [[PUBLIC], ["127.0.0.1"]],
  },
  {
    what: "rebinding: public twice, then private among public",
    name: "rebind2.example.org",
    answers: [[PUBLIC], [PUBLIC, "127.0.0.1"]],
  },
];

/** Stands in for `dns.lookup`: answers in turn, and counts how often it was asked. */
export function resolverOf({ answers }: ResolvedAttack) {
  let asked = 0;
  const resolve = (
    _: string,
    __: unknown,
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ): void => {
    const addresses = answers[Math.min(asked++, answers.length - 1)]!;
    setImmediate(
      callback,
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { resolve, asked: () => asked };
}
