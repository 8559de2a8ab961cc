"""Writes src/analysis/simplified.txt: which Traditional characters are searched as which Simplified ones.

    pip install opencc && python3 scripts/simplified.py > src/analysis/simplified.txt

The pairs are derived character by character from the conversions of OpenCC (Apache-2.0). A character that is
written in more than one way in Taiwan or Hong Kong is first brought to OpenCC's standard form, so that 裏 and 裡
are both found as 里. Only characters of the basic plane are written: the folding table indexes by 16 bits.
"""

import opencc

HEADER = """\
# Traditional characters (left) and the Simplified ones (right) they are searched as.
# Derived from the conversions of OpenCC {version} (https://github.com/BYVoid/OpenCC, Apache License 2.0)
# by scripts/simplified.py, which says how. Do not edit by hand.
"""

# Characters that conversion simplifies in some words only. Search takes the Simplified form in every word.
IN_WORDS = {"瞭": "了", "覆": "复", "藉": "借", "座": "坐"}


def simplify(char, standards, to_simplified):
    """The Simplified form of one character: of its own, or else of its standard Traditional form."""
    simple = to_simplified.convert(char)
    if simple != char:
        return simple
    for standard in standards:
        simple = to_simplified.convert(standard.convert(char))
        if simple != char:
            return simple
    return char


def main():
    to_simplified = opencc.OpenCC("t2s")
    to_traditional = opencc.OpenCC("s2t")
    standards = [opencc.OpenCC("tw2t"), opencc.OpenCC("hk2t")]
    pairs = {}
    for code in [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)]:
        char = chr(code)
        simple = simplify(char, standards, to_simplified)
        if simple != char and len(simple) == 1 and ord(simple) < 0x10000:
            pairs[char] = simple
    # A rare Simplified character is searched as the common one that shares its Traditional form: 缐 is 線, and so 线.
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        traditional = to_traditional.convert(char)
        folded = pairs.get(traditional, traditional)
        if len(folded) == 1 and ord(folded) < 0x10000 and folded != pairs.get(char, char):
            pairs[char] = folded
    pairs.update(IN_WORDS)
    # Follow chains, so that folding once is enough.
    for char in pairs:
        seen = {char}
        while pairs[char] in pairs and pairs[char] not in seen:
            seen.add(pairs[char])
            pairs[char] = pairs[pairs[char]]
    print(HEADER.format(version=opencc.__version__), end="")
    for char in sorted(pairs):
        if pairs[char] != char:
            print(char + pairs[char])


main()
