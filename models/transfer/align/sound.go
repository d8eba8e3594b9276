package align

import "strings"

// A name or a loan word in katakana keeps most consonants of its Latin spelling: ハンスフォード and Hansford are both
// hnsfd. The skeletons below are what is left of either when vowels, doubled letters and an r that Japanese does not
// write are dropped.

// minSound is how many consonants a skeleton needs to say something.
const minSound = 3

// kana gives the consonant of each row of katakana.
var kana = rowsOfKana()

func rowsOfKana() map[rune]byte {
	all := map[rune]byte{}
	for consonant, row := range map[byte]string{
		'k': "カキクケコ", 'g': "ガギグゲゴ", 's': "サスセソシ", 'j': "ジヂ", 'z': "ザズゼゾヅ", 't': "タテトツ", 'c': "チ", 'd': "ダデド", 'n': "ナニヌネノン", 'h': "ハヒヘホ",
		'f': "フ", 'b': "バビブベボヴ", 'p': "パピプペポ", 'm': "マミムメモ", 'r': "ラリルレロ",
	} {
		for _, r := range row {
			all[r] = consonant
		}
	}
	return all
}

// soundOfKana returns the skeleton of a run of katakana.
func soundOfKana(run []rune) string {
	var b []byte
	for _, r := range run {
		if c := kana[r]; c != 0 {
			b = append(b, c)
		}
	}
	return skeleton(b)
}

// latinSounds writes letters by the consonant that katakana would have; order matters.
var latinSounds = strings.NewReplacer("tch", "c", "sch", "s", "ch", "c", "sh", "s", "ph", "f", "th", "s", "ck", "k", "qu", "k", "gn", "n", "gi", "ji", "gy", "jy",
	"ce", "se", "ci", "si", "cy", "sy", "c", "k", "q", "k", "x", "ks", "v", "b")

// soundOfLatin returns the skeleton of a folded Latin word.
func soundOfLatin(word string) string {
	word = latinSounds.Replace(strings.TrimSuffix(word, "e"))
	var b []byte
	for i := range len(word) {
		c := word[i]
		if strings.IndexByte("kgsjztcdnhfbpmrl", c) < 0 {
			continue
		}
		next := byte('.')
		if i+1 < len(word) {
			next = word[i+1]
		}
		if c == 'r' && i > 0 && strings.IndexByte("aeiouyr", next) < 0 && strings.IndexByte("aeiou", word[i-1]) >= 0 {
			continue // Hansford, server: the r lengthens the vowel
		}
		if c == 'h' && i > 0 && strings.IndexByte("aeiou", next) < 0 {
			continue
		}
		if c == 'l' {
			c = 'r'
		}
		if c == 'm' && strings.IndexByte("bp", next) >= 0 {
			c = 'n'
		}
		b = append(b, c)
	}
	return skeleton(b)
}

// skeleton drops repeated consonants; too short ones are empty.
func skeleton(b []byte) string {
	out := b[:0]
	for _, c := range b {
		if c == 'm' || len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	if len(out) < minSound {
		return ""
	}
	return string(out)
}
