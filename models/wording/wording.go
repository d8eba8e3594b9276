// Package wording compares wordings: two texts word by word, two statements paragraph by paragraph, and how much two
// passages have in common. It reads and writes nothing, and what it shows of a text is the text, byte for byte.
package wording

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/followthrough/followthrough/models"
)

// fineTime is how long words are looked at one by one. What is not compared by then is shown as removed and added as a
// whole, which is coarser and still right.
const fineTime = 3 * time.Second

// Diff returns the pieces that turn a into b: same and removed pieces make a, same and added ones make b, byte for
// byte. No piece begins or ends within a character that readers see as one. Texts that cannot even be cut into words
// before ctx ends are too different.
func Diff(ctx context.Context, lang models.Lang, a, b string) ([]models.DiffPiece, error) {
	fine, cancel := context.WithTimeout(ctx, fineTime)
	defer cancel()
	d, err := diff(ctx, fine, lang, a, b)
	return d.pieces, err
}

// difference is the difference of two texts, with the number of words of both and of those that stand in both.
type difference struct {
	pieces      []models.DiffPiece
	words, same int
}

// diff compares word by word until fine ends.
func diff(ctx, fine context.Context, lang models.Lang, a, b string) (difference, error) {
	left := cut(lang, a)
	if a == b {
		n := left.words(0, left.len())
		return difference{onePiece(models.OpSame, a), 2 * n, 2 * n}, ended(ctx)
	}
	right := cut(lang, b)
	if err := ended(ctx); err != nil {
		return difference{}, err
	}
	m := matcher{ctx: fine}
	m.a, m.b = numbered(left, right)
	m.match(part{0, len(m.a), 0, len(m.b)}, 0)
	if err := ended(ctx); err != nil {
		return difference{}, err
	}
	d := difference{pieces: pieces(left, right, m.found), words: left.words(0, left.len()) + right.words(0, right.len())}
	for _, s := range m.found {
		d.same += 2 * left.words(s.a, s.a+s.n)
	}
	return d, nil
}

// pieces writes out the texts along the stretches that stand in both: what is removed before what is added.
func pieces(a, b tokens, same []stretch) []models.DiffPiece {
	all := []models.DiffPiece{}
	add := func(op, text string) {
		if text == "" {
			return
		}
		if n := len(all); n > 0 && all[n-1].Op == op {
			all[n-1].Text += text
			return
		}
		all = append(all, models.DiffPiece{Op: op, Text: text})
	}
	i, j := 0, 0
	for _, s := range append(same, stretch{a.len(), b.len(), 0}) {
		add(models.OpRemoved, a.between(i, s.a))
		add(models.OpAdded, b.between(j, s.b))
		add(models.OpSame, a.between(s.a, s.a+s.n))
		i, j = s.a+s.n, s.b+s.n
	}
	return all
}

// onePiece is a whole text as a piece; an empty text has none.
func onePiece(op, text string) []models.DiffPiece {
	if text == "" {
		return []models.DiffPiece{}
	}
	return []models.DiffPiece{{Op: op, Text: text}}
}

// ended returns the error of a comparison whose time is up.
func ended(ctx context.Context) error {
	err := ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		return &models.Error{Kind: models.KindDifferent, Key: "error.too_different"}
	}
	return err
}

// Made returns the text that pieces make when those of an operation are left out: without what was added it is the
// earlier text, without what was removed the later one.
func Made(all []models.DiffPiece, without string) string {
	var b strings.Builder
	for _, p := range all {
		if p.Op != without {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}
