package frontend

import (
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"github.com/followthrough/followthrough/models"
)

// Account is the page of one's own account.
type Account struct {
	User     models.User
	Sessions []models.Session
	Tokens   []models.Token
	Form     Form
	Fresh    string // a token that was just made, shown this once
	Alone    bool   // nobody else has an account yet, so that the first steps are still to be done
}

// FactorPage is the page on which the second factor is turned on or off.
type FactorPage struct {
	On       bool
	Secret   string   // of the new one, for typing
	URL      string   // of the new one, for the QR code
	Recovery []string // codes that were just made, shown this once
	Form     Form
}

// Moment writes a UTC instant for people, to the minute; a dash where there was none yet.
func (f Frame) Moment(at string) string {
	day, clock, found := strings.Cut(at, "T")
	d, err := models.ParseDate(day)
	if !found || err != nil || len(clock) < len("15:04") {
		return "–"
	}
	return f.Date(d) + " " + clock[:len("15:04")] + " UTC"
}

// tokenState says whether a token is good.
func tokenState(f Frame, t models.Token, now string) string {
	switch {
	case t.RevokedAt != "":
		return f.T("token.revoked", "at", f.Moment(t.RevokedAt))
	case t.ExpiresAt <= now:
		return f.T("token.expired", "at", f.Moment(t.ExpiresAt))
	}
	return f.T("token.good", "at", f.Moment(t.ExpiresAt))
}

// QR is a QR code as the runs of its dark squares, for an SVG without styles.
type QR struct {
	Size int
	Runs []Dark
}

// Dark is a row of dark squares.
type Dark struct{ X, Y, Width int }

// quiet is the margin that readers need around the code (ISO/IEC 18004).
const quiet = 4

// qrOf draws a text. A text too long for a code gives none; the secret stands beside it for typing.
func qrOf(text string) QR {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}
	}
	size := code.Bounds().Dx()
	q := QR{Size: size + 2*quiet}
	for y := range size {
		for x := 0; x < size; x++ {
			begin := x
			for x < size && code.At(x, y) == color.Color(color.Black) {
				x++
			}
			if x > begin {
				q.Runs = append(q.Runs, Dark{begin + quiet, y + quiet, x - begin})
			}
		}
	}
	return q
}

// orDash stands in for what is not known.
func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
