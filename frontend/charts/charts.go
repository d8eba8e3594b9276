// Package charts lays out the few kinds of chart the product has. It computes places and sizes; the templates of
// frontend draw them, on pages as SVG with classes, because the content-security policy forbids styles, and as pictures
// that stand alone with colours in attributes. Words and addresses do not belong here.
package charts

import "strconv"

func decimal(n int) string { return strconv.Itoa(n) }

// Segment is one part of a bar.
type Segment struct {
	Code  string
	Count int
	X     float64
	Width float64
	Mid   float64
	Above bool // too narrow for its number, which stands above with a leader
}

// Part is a code with its count, in the order to draw.
type Part struct {
	Code  string
	Count int
}

// narrow is the width under which a number does not fit inside a segment.
const narrow = 28

// Stack divides a width among parts in proportion, with a gap between neighbours. Parts without a count are left
// out; every other part is at least least wide, at the expense of the wider ones.
func Stack(parts []Part, width, gap, least float64) []Segment {
	var some []Part
	total := 0
	for _, p := range parts {
		if p.Count > 0 {
			some = append(some, p)
			total += p.Count
		}
	}
	if total == 0 {
		return nil
	}
	room := width - gap*float64(len(some)-1)
	widths := make([]float64, len(some))
	short, wide := 0.0, 0.0
	for i, p := range some {
		widths[i] = room * float64(p.Count) / float64(total)
		if widths[i] < least {
			short += least - widths[i]
			widths[i] = least
		} else {
			wide += widths[i] - least
		}
	}
	x := 0.0
	segments := make([]Segment, len(some))
	for i, p := range some {
		if wide > 0 && widths[i] > least {
			widths[i] -= short * (widths[i] - least) / wide
		}
		segments[i] = Segment{Code: p.Code, Count: p.Count, X: x, Width: widths[i], Mid: x + widths[i]/2, Above: widths[i] < narrow}
		x += widths[i] + gap
	}
	return segments
}

// maxSquares is the most units a thin bar draws one by one.
const maxSquares = 8

// Thin draws a small total as one square for each unit and a larger one as a divided bar.
func Thin(parts []Part, width, height float64) []Segment {
	total := 0
	for _, p := range parts {
		total += p.Count
	}
	if total > maxSquares {
		return Stack(parts, width, 2, 4)
	}
	side := (width - 2*(maxSquares-1)) / maxSquares
	var squares []Segment
	for _, p := range parts {
		for range p.Count {
			squares = append(squares, Segment{Code: p.Code, Count: 1, X: float64(len(squares)) * (side + 2), Width: side})
		}
	}
	return squares
}

// Dot is one place of a row of dots.
type Dot struct {
	X      float64
	Filled bool
}

// MaxDots is the most dots a row draws.
const MaxDots = 10

// Dots draws k of n as a row of at most ten dots; with more than ten, each dot stands for n/10.
func Dots(k, n int, step float64) []Dot {
	shown, filled := n, k
	if n > MaxDots {
		shown, filled = MaxDots, Tenths(k, n)
	}
	dots := make([]Dot, shown)
	for i := range dots {
		dots[i] = Dot{X: step/2 + float64(i)*step, Filled: i < filled}
	}
	return dots
}

// Tenths rounds k of n to tenths. Something is never nothing, and less than all never all.
func Tenths(k, n int) int {
	tenths := (k*MaxDots + n/2) / n
	if k > 0 && tenths == 0 {
		return 1
	}
	if k < n && tenths == MaxDots {
		return MaxDots - 1
	}
	return tenths
}
