"""``make fuzz``: all readers in turn, until the time is over.

``python -m tests.fuzz --seconds 3600 --seed 7`` prints the seed, the inputs of each reader and
the longest time. It ends with code 1 at the first exception or slow input, which it prints. The
process may use three gigabytes of address space; an input that needs more ends with MemoryError.
"""

import argparse
import random
import resource
import sys
import time
import traceback
from collections import Counter

from tests.fuzz.fuzz import fuzz
from tests.fuzz.readers import READERS

MEMORY = 3 << 30  # bytes of address space, a third of it for the interpreter and its libraries
ROUND = 200  # inputs of one reader before the next has its turn


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--reader", choices=READERS, action="append")
    arguments = parser.parse_args()
    number = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    print(f"seed {number}", flush=True)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    inputs, longest = Counter(), Counter()
    end, round_number = time.monotonic() + arguments.seconds, 0
    while time.monotonic() < end:
        for name in arguments.reader or READERS:
            try:
                count, taken = fuzz(name, number + round_number, ROUND)
            except Exception:
                traceback.print_exc()
                print(f"{name}: seed {number + round_number}", flush=True)
                return 1
            inputs[name] += count
            longest[name] = max(longest[name], taken)
        round_number += 1
    for name, count in inputs.items():
        print(f"{name:<14} {count:>9,} inputs, longest {longest[name]:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{inputs.total():,} inputs from seed {number}, peak {peak} MB, no exception")
    return 0


if __name__ == "__main__":
    sys.exit(main())
