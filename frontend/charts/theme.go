package charts

// Theme is the colours of a picture that stands alone. They are the tokens of the style sheet, which a picture cannot
// use: a test holds the two together.
type Theme struct {
	Name             string
	Page, Ink, Mute  string
	Line, Edge, Dash string
	Solid            map[string]string // fill by status
	On               map[string]string // number on the fill
	Grey             bool              // patterns instead of colours
}

// Light is the theme of a white page.
func Light() Theme {
	return Theme{
		Name: "light", Page: "#ffffff", Ink: "#18202b", Mute: "#4a5663", Line: "#cbd2da", Edge: "#66717f", Dash: "#6b7684",
		Solid: map[string]string{"delivered": "#003d22", "partly_delivered": "#2196c9", "under_way": "#1f61b7", "announced": "#757c85", "stalled": "#b81b50", "dropped": "#6f6880"},
		On:    map[string]string{"delivered": "#ffffff", "partly_delivered": "#0b1016", "under_way": "#ffffff", "announced": "#0b1016", "stalled": "#ffffff", "dropped": "#ffffff"},
	}
}

// Dark is the theme of a dark page.
func Dark() Theme {
	return Theme{
		Name: "dark", Page: "#11161d", Ink: "#e6ebf2", Mute: "#a9b4c1", Line: "#36414f", Edge: "#8492a3", Dash: "#8492a3",
		Solid: map[string]string{"delivered": "#c6f5cc", "partly_delivered": "#66b9e1", "under_way": "#4f78e0", "announced": "#7d848d", "stalled": "#e04654", "dropped": "#8f88a3"},
		On:    map[string]string{"delivered": "#0b1016", "partly_delivered": "#0b1016", "under_way": "#0b1016", "announced": "#0b1016", "stalled": "#0b1016", "dropped": "#0b1016"},
	}
}

// Box is how a rectangle of a status is drawn.
type Box struct{ Fill, Stroke, StrokeWidth, Dash string }

// Box returns the look of a status in the theme: a colour, or a pattern whose outline says as much as its inside.
func (t Theme) Box(code string) Box {
	switch {
	case t.Grey:
		b := Box{Fill: "url(#" + Pattern(code) + ")", Stroke: t.Ink, StrokeWidth: "1"}
		switch code {
		case "no_public_action":
			b.StrokeWidth = "2.5"
		case "not_assessed":
			b.Dash = "4 3"
		}
		return b
	case code == "no_public_action":
		return Box{Fill: t.Page, Stroke: t.Edge, StrokeWidth: "2"}
	case code == "not_assessed":
		return Box{Fill: t.Page, Stroke: t.Dash, StrokeWidth: "1", Dash: "4 3"}
	}
	return Box{Fill: t.Solid[code], Stroke: "none"}
}

// Number returns the colour of a number that stands on the fill of a status.
func (t Theme) Number(code string) string {
	if on, ok := t.On[code]; ok && !t.Grey {
		return on
	}
	return t.Ink
}

// Glyph returns the colour of the glyph of a status beside its word.
func (t Theme) Glyph(code string) string {
	if fill, ok := t.Solid[code]; ok && !t.Grey {
		return fill
	}
	return t.Ink
}

// Pattern returns the id of the pattern that stands for a status where colours cannot be told apart.
func Pattern(code string) string { return "p-" + code }
