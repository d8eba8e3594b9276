package frontend

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// rowLists are the lists of a form, by the field that tells one row from the others, and the field without which a row
// says nothing. Notes have none: theirs and mine are compared in their order.
var rowLists = map[string]struct{ key, says string }{"offices": {"id", ""}, "attendances": {"office", "office"}, "parts": {"country", "role"},
	"marks": {"lang", "exact"}, "earlier": {"code", "code"}, "publications": {"id", ""}}

// lay finds the fields on which what stands and what was typed differ.
func (p *EditForm) lay(theirs, typed url.Values) {
	before, _ := url.ParseQuery(p.Before) // what cannot be read says nothing
	mine := url.Values{}
	for name, values := range typed {
		if rest, ok := strings.CutPrefix(name, "form.mine."); ok { // sent again without a choice
			mine.Set(rest, values[0])
		} else if !strings.HasPrefix(name, "form.") {
			mine.Set(name, strings.ReplaceAll(strings.TrimSpace(strings.Join(filledIn(values), "\n")), "\r\n", "\n"))
		}
	}
	for list, by := range rowLists {
		seat(list, by.key, by.says, rowsOf(theirs, list), rowsOf(before, list), mine)
	}
	names := slices.Collect(maps.Keys(mine))
	for name := range theirs {
		if !mine.Has(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		d := Difference{Name: name, Before: Side{Value: before.Get(name)}, Theirs: Side{Value: theirs.Get(name)}, Mine: Side{Value: mine.Get(name)}}
		switch {
		case d.Theirs.Value == d.Mine.Value:
			p.Others = append(p.Others, HiddenField{name, d.Mine.Value})
		case strings.HasPrefix(name, "offices.") && strings.HasSuffix(name, ".id"), strings.HasPrefix(name, "publications.") && strings.HasSuffix(name, ".id"), strings.HasPrefix(name, "parts.") && strings.HasSuffix(name, ".country"),
			strings.HasPrefix(name, "marks.") && strings.HasSuffix(name, ".lang"): // nobody chooses what a row is
			p.Others = append(p.Others, HiddenField{name, d.Theirs.Value + d.Mine.Value})
		default:
			switch { // only one of the two changed it
			case d.Before.Value == d.Mine.Value:
				d.Chosen = "theirs"
			case d.Before.Value == d.Theirs.Value:
				d.Chosen = "mine"
			}
			p.Differing = append(p.Differing, d)
		}
	}
	p.Form.Version = p.Version
}

// filledIn are the values that say something, where a form has several of one name; one alone is as it was typed.
func filledIn(values []string) []string {
	if len(values) == 1 {
		return values
	}
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}

// rowsOf reads the rows of a list from a form, in their order.
func rowsOf(form url.Values, list string) []map[string]string {
	byNumber := map[int]map[string]string{}
	for name := range form {
		rest, ok := strings.CutPrefix(name, list+".")
		at, field, _ := strings.Cut(rest, ".")
		n, err := strconv.Atoi(at)
		if !ok || err != nil {
			continue
		}
		if byNumber[n] == nil {
			byNumber[n] = map[string]string{}
		}
		byNumber[n][field] = form.Get(name)
	}
	var rows []map[string]string
	for _, n := range slices.Sorted(maps.Keys(byNumber)) {
		rows = append(rows, byNumber[n])
	}
	return rows
}

// seat moves the rows that were typed to where the same rows of theirs are, and those that only I have behind them. A row
// that only they added is taken as it is; of one that only I took away every field is empty.
func seat(list, key, says string, theirs, before []map[string]string, mine url.Values) {
	typed := rowsOf(mine, list)
	for name := range mine {
		if strings.HasPrefix(name, list+".") {
			mine.Del(name)
		}
	}
	place := func(rows []map[string]string, k string) int {
		return slices.IndexFunc(rows, func(r map[string]string) bool { return k != "" && r[key] == k })
	}
	next, seated := len(theirs), map[int]bool{}
	for _, row := range typed {
		at := place(theirs, row[key])
		if emptyRow(row, key, says) && at < 0 {
			continue
		}
		if at < 0 {
			if at, next = next, next+1; key == "id" {
				row[key] = "" // it is gone there, and would be added again
			}
		}
		seated[at] = true
		for field, value := range row {
			mine.Set(rowField(list, at, field), value)
		}
	}
	for at, row := range theirs {
		if seated[at] || place(before, row[key]) >= 0 {
			continue
		}
		for field, value := range row {
			mine.Set(rowField(list, at, field), value)
		}
	}
}

func emptyRow(row map[string]string, key, says string) bool {
	if says != "" {
		return row[says] == ""
	}
	for field, value := range row {
		if field != key && field != "until_known" && value != "" {
			return false
		}
	}
	return true
}

// named gives the sides of a difference the words of the page.
func (p EditForm) named(f Frame) []Difference {
	all := slices.Clone(p.Differing)
	for i := range all {
		d := &all[i]
		d.Label = editLabel(f, d.Name)
		if p.Kind == "delegate" && d.Name == "name.en" {
			d.Label = f.T("edit.person.en")
		}
		if p.Kind == "delegate" && d.Name == "name.ja" {
			d.Label = f.T("edit.person.ja")
		}
		for _, s := range []*Side{&d.Before, &d.Theirs, &d.Mine} {
			s.Text = p.says(f, d.Name, s.Value)
		}
	}
	return all
}

// says is how the value of a field reads.
func (p EditForm) says(f Frame, name, value string) string {
	field := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case strings.HasPrefix(name, "publications.") && field == "standing" && value != "", field == "strength", field == "kind" && p.Kind == "commitment":
		return f.T(field + "." + value)
	case slices.Contains([]string{"trackable", "standing", "due_by_meeting", "until_known", "compared"}, field):
		return f.T(map[bool]string{true: "edit.yes", false: "edit.no"}[value != ""])
	case value == "":
		return f.T("update.nothing")
	case field == "relation" && value != "":
		return f.T("lineage." + value)
	case field == "role":
		return f.T("role." + value)
	case field == "office":
		for _, o := range p.Choices.Offices {
			if strconv.FormatInt(o.ID, 10) == value {
				return choiceOf(f, o)
			}
		}
	}
	return value
}

// editLabel names a field of an edit; one of a row has its number.
func editLabel(f Frame, name string) string {
	list, rest, _ := strings.Cut(name, ".")
	n, field, found := strings.Cut(rest, ".")
	if i, err := strconv.Atoi(n); found && err == nil {
		if list == "notes" || list == "publications" {
			field = list + "." + field
		}
		return f.T("edit.row", "list", f.T("edit."+list), "n", i+1, "field", f.T("edit."+field))
	}
	return f.T("edit." + name)
}

// choiceOf is the words of one office, for the list of those that can attend.
func choiceOf(f Frame, o models.OfficeChoice) string {
	return f.Plain(o.Delegate) + " — " + f.Plain(o.Title)
}
