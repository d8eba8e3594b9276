package suggest

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Print writes a report as a table of lines: each statement, each strength, and all together.
func (r Report) Print(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, part := range []struct {
		title string
		rows  []Row
	}{{"statement", r.Statements}, {"strength", r.Strengths}, {"all", r.Totals}} {
		fmt.Fprintf(out, "%s\tlanguage\tset\tmarks\tsuggested\tmatched\tprecision\trecall\tF1\tcoverage\tstrength right\ttrackable right\ttype right\n", part.title)
		for _, x := range part.rows {
			set := "own"
			if x.HeldOut {
				set = "held out"
			}
			name := x.Name
			if name == "" {
				name = "all"
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%d\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%d/%d\t%d/%d\t%d/%d\n", name, x.Lang, set, x.Marks, x.Suggested, x.Matched, x.Precision(), x.Recall(), x.F1(),
				share(x.Touched, x.Marks), x.Strength, x.Matched, x.Trackable, x.Matched, x.Type, x.Matched)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}
