package models

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Precision says how exactly a civil date is known.
type Precision string

// The precisions, from exact to coarse. PrecisionMeeting is for due dates alone: "before the next meeting".
const (
	PrecisionDay     Precision = "day"
	PrecisionMonth   Precision = "month"
	PrecisionQuarter Precision = "quarter"
	PrecisionYear    Precision = "year"
	PrecisionMeeting Precision = "meeting"
)

// Date is a civil date with the precision it is known to. It has no time zone and is never shifted between zones.
// Its written form is 2023-12-05, 2023-12, 2023-Q4 or 2023; the zero Date is an unknown date and is null in JSON.
type Date struct {
	year, month, day int // the last day of the period
	precision        Precision
}

// NewDate returns the day y-m-d. It does not check that the day exists; ParseDate does.
func NewDate(y, m, d int) Date { return Date{y, m, d, PrecisionDay} }

// DateOf returns the civil day of an instant in the instant's own location.
func DateOf(t time.Time) Date { return NewDate(t.Year(), int(t.Month()), t.Day()) }

// ParseDate reads a date in its written form. The empty text is the unknown date.
func ParseDate(s string) (Date, error) {
	switch {
	case s == "":
		return Date{}, nil
	case s[0] < '0' || s[0] > '9':
		return Date{}, noDate(s)
	case len(s) == 4:
		y, err := strconv.Atoi(s)
		if err != nil || y < 1 {
			return Date{}, noDate(s)
		}
		return Date{y, 12, 31, PrecisionYear}, nil
	case len(s) == 7 && s[4:6] == "-Q":
		y, err := strconv.Atoi(s[:4])
		q := int(s[6] - '0')
		if err != nil || y < 1 || q < 1 || q > 4 {
			return Date{}, noDate(s)
		}
		return Date{y, q * 3, daysIn(y, q*3), PrecisionQuarter}, nil
	case len(s) == 7:
		t, err := time.Parse("2006-01", s)
		if err != nil || t.Year() < 1 { // the year 0 would read as no date at all
			return Date{}, noDate(s)
		}
		return Date{t.Year(), int(t.Month()), daysIn(t.Year(), int(t.Month())), PrecisionMonth}, nil
	}
	d, ok := parseDay(s)
	if !ok {
		return Date{}, noDate(s)
	}
	return d, nil
}

// parseDay reads 2023-12-05. time.Parse takes the same, and much longer.
func parseDay(s string) (Date, bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	d := Date{precision: PrecisionDay}
	for i, c := range []byte(s) {
		switch {
		case i == 4 || i == 7:
			continue
		case c < '0' || c > '9':
			return Date{}, false
		case i < 4:
			d.year = 10*d.year + int(c-'0')
		case i < 7:
			d.month = 10*d.month + int(c-'0')
		default:
			d.day = 10*d.day + int(c-'0')
		}
	}
	return d, d.year > 0 && d.month >= 1 && d.month <= 12 && d.day >= 1 && (d.day <= 28 || d.day <= daysIn(d.year, d.month))
}

func noDate(s string) error {
	return fmt.Errorf("%q is not a date such as 2023-12-05, 2023-12, 2023-Q4 or 2023", s)
}

// DateFrom rebuilds a date from its last day (2006-01-02) and its precision, the two columns it is stored in.
func DateFrom(last string, p Precision) (Date, error) {
	d, err := ParseDate(last)
	if err != nil || d.IsZero() {
		return Date{}, err
	}
	if p != "" {
		d.precision = p
	}
	return d, nil
}

func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.year == 0 }

// Precision returns how exactly the date is known; empty for the unknown date.
func (d Date) Precision() Precision { return d.precision }

// Year returns the year of the last day of the period.
func (d Date) Year() int { return d.year }

// Month returns the month, 1 to 12, of the last day of the period.
func (d Date) Month() int { return d.month }

// Day returns the day of the month of the last day of the period.
func (d Date) Day() int { return d.day }

// Last returns the last day of the period as 2006-01-02, empty when unknown. Dates are ordered and compared by
// it, so that a fact known only to the month is never shown in a view of an earlier day of that month.
func (d Date) Last() string {
	if d.IsZero() {
		return ""
	}
	b := [...]byte{0, 0, 0, 0, '-', 0, 0, '-', 0, 0} // by hand: every row of every answer has a date
	for _, part := range [...]struct{ n, at, digits int }{{d.year, 0, 4}, {d.month, 5, 2}, {d.day, 8, 2}} {
		for i := part.at + part.digits - 1; i >= part.at; i-- {
			b[i], part.n = byte('0'+part.n%10), part.n/10
		}
	}
	return string(b[:])
}

// After reports whether the period of d ends after the period of other. The unknown date is before every other.
func (d Date) After(other Date) bool {
	return cmp.Or(cmp.Compare(d.year, other.year), cmp.Compare(d.month, other.month), cmp.Compare(d.day, other.day)) > 0
}

// AddDays returns the day n days after the last day of the period.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.year, time.Month(d.month), d.day+n, 0, 0, 0, 0, time.UTC))
}

// String returns the written form, which ParseDate reads back.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.precision == PrecisionYear:
		return fmt.Sprintf("%04d", d.year)
	case d.precision == PrecisionQuarter:
		return fmt.Sprintf("%04d-Q%d", d.year, d.month/3)
	case d.precision == PrecisionMonth:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return d.Last()
}

// MarshalJSON writes the written form, or null when the date is unknown.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads the written form or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Date{}
		return nil
	}
	p, err := ParseDate(strings.Trim(string(b), `"`))
	*d = p
	return err
}
