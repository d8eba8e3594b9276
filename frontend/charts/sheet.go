package charts

// Sheet is a picture that stands alone: shapes in user units from the top left corner, in the order to draw them.
type Sheet struct {
	Theme  Theme
	Width  float64
	Height float64
	Shapes []Shape
}

// Shape is a text, a glyph or a form. The first field that is set says which.
type Shape struct {
	Text   string
	Glyph  string // status whose glyph it is
	Round  bool   // a dot of the width
	Rule   bool   // a line from X, Y to W, H
	X, Y   float64
	W, H   float64
	Size   float64 // of a text
	Bold   bool
	Anchor string
	Colour string // of a text, a glyph or a line
	Box           // of a form
	Plate  bool   // a text stands on a ground of its own, because of the pattern under it
}

// Margin of a sheet.
const Margin = 24.0

// Inner is the width between the margins.
func (s *Sheet) Inner() float64 { return s.Width - 2*Margin }

// Write sets lines of text below each other and goes on under them.
func (s *Sheet) Write(lines []string, size, leading float64, bold bool, colour string) {
	for _, l := range lines {
		s.Height += leading
		s.Set(l, Margin, s.Height-leading*0.28, size, bold, "start", colour)
	}
}

// Set sets one line of text.
func (s *Sheet) Set(text string, x, y, size float64, bold bool, anchor, colour string) {
	s.Shapes = append(s.Shapes, Shape{Text: clean(text), X: x, Y: y, Size: size, Bold: bold, Anchor: anchor, Colour: colour})
}

// Fill draws a rectangle of a status. Its outline stays inside of it, so that neighbours keep their distance.
func (s *Sheet) Fill(code string, x, y, w, h float64) {
	b := s.Theme.Box(code)
	in := map[string]float64{"1": 0.5, "2": 1, "2.5": 1.25}[b.StrokeWidth]
	s.Shapes = append(s.Shapes, Shape{X: x + in, Y: y + in, W: max(w-2*in, 0.5), H: h - 2*in, Box: b})
}

// Number sets a number or a word on a rectangle of a status.
func (s *Sheet) Number(text, code string, x, y, size float64) {
	s.Shapes = append(s.Shapes, Shape{Text: text, X: x, Y: y, W: Width(text, size, true) + 8, Size: size, Bold: true, Anchor: "middle", Colour: s.Theme.Number(code), Plate: s.Theme.Grey})
}

// Rule draws a line.
func (s *Sheet) Rule(x1, y1, x2, y2, width float64, colour string) {
	stroke := "1"
	if width == 2 {
		stroke = "2"
	}
	s.Shapes = append(s.Shapes, Shape{Rule: true, X: x1, Y: y1, W: x2, H: y2, Colour: colour, Box: Box{StrokeWidth: stroke}})
}

// Mark draws the glyph of a status, 14 by 14.
func (s *Sheet) Mark(code string, x, y float64) {
	s.Shapes = append(s.Shapes, Shape{Glyph: code, X: x, Y: y, Colour: s.Theme.Glyph(code)})
}

// Dot draws one of a row of dots.
func (s *Sheet) Dot(x, y, r float64, filled bool) {
	b := Box{Fill: s.Theme.Page, Stroke: s.Theme.Edge, StrokeWidth: "1.5"}
	if filled {
		b = Box{Fill: s.Theme.Ink, Stroke: s.Theme.Ink, StrokeWidth: "1.5"}
	}
	s.Shapes = append(s.Shapes, Shape{Round: true, X: x, Y: y, W: r, Box: b})
}

// Bar draws a stacked bar between the margins, with the numbers in it or above it, and goes on under it.
func (s *Sheet) Bar(parts []Part) {
	const height, above = 44.0, 24.0
	segments := Stack(parts, s.Inner(), 2, 5)
	shares := make([]Share, len(segments))
	for i, g := range segments {
		shares[i] = Share{Code: g.Code, Count: g.Count, X: g.X / s.Inner() * 100, Width: g.Width / s.Inner() * 100, Mid: g.Mid / s.Inner() * 100}
	}
	labels := Labels(shares, s.Inner())
	for _, l := range labels {
		if l.Above {
			s.Height += above
			break
		}
	}
	for i, g := range segments {
		s.Fill(g.Code, Margin+g.X, s.Height, g.Width, height)
		at := Margin + labels[i].At/100*s.Inner()
		if !labels[i].Above {
			s.Number(decimal(g.Count), g.Code, at, s.Height+height/2+5.5, 16)
			continue
		}
		s.Set(decimal(g.Count), at, s.Height-10, 16, true, "middle", s.Theme.Ink)
		s.Rule(at, s.Height-7, Margin+g.Mid, s.Height-1, 1, s.Theme.Edge)
	}
	s.Height += height
}

// Units draws a thin bar of one square for each unit, or of segments where a unit is too small for a square. most is
// the greatest total of the bars that stand below each other, so that their lengths can be compared.
func (s *Sheet) Units(parts []Part, most int, x, y, width, height float64) {
	unit := unitOf(most, width)
	for _, p := range parts {
		if !Squares(most, width) {
			if w := unit * float64(p.Count); w > 0 {
				s.Fill(p.Code, x, y, max(w-2, 1), height)
				x += w
			}
			continue
		}
		for range p.Count {
			s.Fill(p.Code, x, y, unit-2, height)
			x += unit
		}
	}
}

func unitOf(most int, width float64) float64 { return min(18, width/float64(max(most, 1))) }

// Longest returns how long the longest of bars with that greatest total is.
func Longest(most int, width float64) float64 { return unitOf(most, width) * float64(max(most, 1)) }

// Squares reports whether the units of bars with that greatest total are drawn one by one.
func Squares(most int, width float64) bool { return unitOf(most, width) >= 8 }
