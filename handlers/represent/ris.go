package represent

import (
	"io"
	"strconv"
	"strings"
)

// WriteRIS writes works in RIS: one tag for each line, TY first and ER last, lines ending in CR LF.
func WriteRIS(w io.Writer, works []Citation) error {
	var b strings.Builder
	for _, c := range works {
		for _, f := range c.ris() {
			if f[1] != "" {
				b.WriteString(f[0] + "  - " + f[1] + "\r\n")
			}
		}
		b.WriteString("ER  - \r\n\r\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Citation) ris() [][2]string {
	kind, year := "ELEC", ""
	if c.Data {
		kind = "DATA"
	}
	if first, _ := period(c.Issued); first != nil {
		year = strconv.Itoa(first[0])
	}
	all := [][2]string{
		{"TY", kind}, {"ID", c.Key}, {"TI", oneLine(c.Title)}, {"AU", oneLine(c.Author)}, {"T2", oneLine(c.Container)}, {"M3", oneLine(c.Genre)}, {"PY", year}, {"DA", risDate(c.Issued)},
		{"ET", oneLine(c.Version)}, {"LA", c.Lang}, {"UR", oneLine(c.URL)}, {"Y2", risDate(c.Accessed)}, {"DP", oneLine(c.Source)},
	}
	for _, n := range c.Notes {
		all = append(all, [2]string{"N1", oneLine(n)})
	}
	return all
}

// risDate writes YYYY/MM/DD/ with what is not known left empty. The last part is free text: it names a quarter.
func risDate(date string) string {
	first, last := period(date)
	switch {
	case first == nil:
		return ""
	case last != nil:
		_, quarter, _ := strings.Cut(date, "-")
		return isoDate(first[:1], "/") + "///" + quarter
	}
	return isoDate(first, "/") + strings.Repeat("/", 4-len(first))
}
