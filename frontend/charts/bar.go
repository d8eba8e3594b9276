package charts

// Share is one segment of a bar that is as wide as its place on the page: places and widths are percentages of it.
type Share struct {
	Code  string
	Count int
	X     float64
	Width float64
	Mid   float64
}

// leastShare keeps the smallest segment visible on a bar of 300 pixels.
const leastShare = 1.6

// Shares divides a whole bar among parts in proportion. Neighbours touch; a line in the colour of the page parts them.
func Shares(parts []Part) []Share {
	segments := Stack(parts, 100, 0, leastShare)
	all := make([]Share, len(segments))
	for i, s := range segments {
		all[i] = Share{Code: s.Code, Count: s.Count, X: s.X, Width: s.Width, Mid: s.Mid}
	}
	return all
}

// Label is the number of a segment.
type Label struct {
	Share
	At    float64 // where the number stands, in percent
	Above bool    // too narrow for its number, which stands above with a leader
	Glyph bool    // wide enough for the glyph of the status beside the number
}

const (
	digit     = 9.5 // width of a bold digit of a number of 15 pixels
	glyphRoom = 22  // a glyph, the space after it and a little air
	apart     = 8   // between two numbers above a bar
)

// Labels places the numbers of a bar that is that many pixels wide. Numbers above it keep apart from each other.
func Labels(shares []Share, pixels float64) []Label {
	all := make([]Label, len(shares))
	var above []int
	var widths []float64
	for i, s := range shares {
		number := digit * float64(digits(s.Count))
		room := s.Width / 100 * pixels
		all[i] = Label{Share: s, At: s.Mid, Above: room < max(narrow, number+8), Glyph: room >= number+glyphRoom+14}
		if all[i].Above {
			above, widths = append(above, i), append(widths, (number+apart)/pixels*100)
		}
	}
	places := make([]float64, len(above))
	for n, i := range above {
		places[n] = all[i].Mid
	}
	spread(places, widths, 100)
	for n, i := range above {
		all[i].At = places[n]
	}
	return all
}

// spread moves middles, given in order, as little as it can so that boxes of these widths stand beside each other
// between 0 and end.
func spread(middles, widths []float64, end float64) {
	left := 0.0
	for i := range middles {
		middles[i] = max(middles[i], left+widths[i]/2)
		left = middles[i] + widths[i]/2
	}
	right := end
	for i := len(middles) - 1; i >= 0; i-- {
		middles[i] = min(middles[i], right-widths[i]/2)
		right = middles[i] - widths[i]/2
	}
}

func digits(n int) int {
	d := 1
	for ; n >= 10; n /= 10 {
		d++
	}
	return d
}
