package models_test

import (
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestAMeetingWithoutDaysLacksOneThing counts what is said about the days of a meeting.
func TestAMeetingWithoutDaysLacksOneThing(t *testing.T) {
	t.Parallel()
	days := func(starts, ends models.Date) (all []string) {
		for _, f := range models.InvalidFields(models.MeetingEdit{StartsOn: starts, EndsOn: ends}.Validate(models.NewDate(2026, 11, 23))) {
			if f.Field == "starts_on" || f.Field == "ends_on" {
				all = append(all, f.Field)
			}
		}
		return all
	}
	day := models.NewDate(2026, 5, 26)
	for name, c := range map[string]struct {
		got  []string
		want string
	}{"none": {days(models.Date{}, models.Date{}), "starts_on"}, "no_first": {days(models.Date{}, day), "starts_on"}, "no_last": {days(day, models.Date{}), "ends_on"}} {
		if len(c.got) != 1 || c.got[0] != c.want {
			t.Errorf("%s: complaints about %v; want one, about %s", name, c.got, c.want)
		}
	}
}
