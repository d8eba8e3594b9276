package align

import (
	"slices"
	"strconv"
	"strings"
)

// ordinals end the number of a rank: 3rd, 1er, 2e.
var ordinals = []string{"st", "nd", "rd", "th", "er", "re", "e", "eme"}

// counters follow a number that is written in Han characters; without one of them, or 第 before it, 一 and its like are
// parts of words.
const counters = "年月日回か国ヶヵカ名人つ条項点件万億%世者度時分"

// digits reads the number that begins at i and returns it with the place behind it. Thousands may be set apart by commas
// or spaces, in Japanese 万 and its like may follow.
func digits(rs []rune, i int) (float64, int) {
	total := 0.0
	for {
		var v float64
		v, i = plain(rs, i)
		scale, ok := hanScale(at(rs, i))
		if !ok {
			return total + v, i
		}
		total, i = total+v*scale, i+1
		if !isDigit(at(rs, i)) {
			return total, i
		}
	}
}

// plain reads a run of digits with its thousands and decimals.
func plain(rs []rune, i int) (float64, int) {
	begin := i
	for isDigit(at(rs, i)) {
		i++
	}
	text := string(rs[begin:min(i, begin+maxDigits)])
	if i-begin <= 3 && text != "0" {
		for (at(rs, i) == ',' || at(rs, i) == ' ') && group(rs, i+1) {
			text += string(rs[i+1 : i+4])
			i += 4
			if len(text) > maxDigits {
				break
			}
		}
	}
	if (at(rs, i) == '.' || at(rs, i) == ',') && isDigit(at(rs, i+1)) {
		end := i + 1
		for isDigit(at(rs, end)) {
			end++
		}
		if end-i <= maxDigits {
			text, i = text+"."+string(rs[i+1:end]), end
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, i // the text is digits and one point, and is short
	}
	return v, i
}

// maxDigits bounds what is read as one number.
const maxDigits = 15

// group reports whether exactly three digits stand at i.
func group(rs []rune, i int) bool {
	return isDigit(at(rs, i)) && isDigit(at(rs, i+1)) && isDigit(at(rs, i+2)) && !isDigit(at(rs, i+3))
}

func at(rs []rune, i int) rune {
	if i < 0 || i >= len(rs) {
		return 0
	}
	return rs[i]
}

func hanScale(r rune) (float64, bool) {
	switch r {
	case '百':
		return 1e2, true
	case '千':
		return 1e3, true
	case '万':
		return 1e4, true
	case '億':
		return 1e8, true
	case '兆':
		return 1e12, true
	}
	return 0, false
}

// han reads a number in Han characters at i: 二十五, 第三, 二〇二三年. It returns the place behind it, or i when there is none.
func han(rs []rune, i int) (float64, int) {
	total, section, digit := 0.0, 0.0, 0.0
	end := i
	for ; end < i+maxDigits; end++ {
		r := at(rs, end)
		if d := slices.Index([]rune("〇一二三四五六七八九"), r); d >= 0 {
			digit = digit*10 + float64(d)
			continue
		}
		if r == '十' {
			section, digit = section+max(digit, 1)*10, 0
			continue
		}
		scale, ok := hanScale(r)
		switch {
		case !ok:
		case scale >= 1e4:
			total, section, digit = total+max(section+digit, 1)*scale, 0, 0
			continue
		default:
			section, digit = section+max(digit, 1)*scale, 0
			continue
		}
		break
	}
	if end == i || at(rs, i-1) != '第' && !strings.ContainsRune(counters, at(rs, end)) {
		return 0, i
	}
	return total + section + digit, end
}

// era adds the years before Reiwa, the era since 2019, to a year that is counted in it.
func era(rs []rune, begin, end int, v float64) float64 {
	if at(rs, end) == '年' && at(rs, begin-1) == '和' && at(rs, begin-2) == '令' {
		return v + 2018
	}
	return v
}
