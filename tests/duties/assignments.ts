/** In how many ways things can be put into at most so many groups that have no names: the sum of Stirling numbers of the second kind. */
export function waysUpToNames(things: number, most: number): bigint {
  // into[k]: the ways to put what there is into k groups; one thing more goes into one of them, or begins one.
  let into = [1n];
  for (let thing = 1; thing <= things; thing += 1)
    into = Array.from({ length: Math.min(thing, most) + 1 }, (_, groups) => BigInt(groups) * (into[groups] ?? 0n) + (into[groups - 1] ?? 0n));
  return into.reduce((sum, ways) => sum + ways, 0n);
}
