package models

import "slices"

// PublishedScale is a scale that somebody else publishes.
type PublishedScale struct {
	Code  string          `json:"code"`
	Title Text            `json:"title"`
	Note  Text            `json:"note"`
	Steps []PublishedStep `json:"steps"`
}

// PublishedStep is one step of a published scale.
type PublishedStep struct {
	Name     string   `json:"name" description:"As published, in English."`
	Statuses []Status `json:"statuses" description:"The statuses of ours that come closest; empty when none does."`
}

// Crosswalk returns the published scales without their words. The names of their steps are quoted, so they are the
// same in every language.
func Crosswalk() []PublishedScale {
	no := []Status{}
	return []PublishedScale{
		{Code: "g7", Steps: []PublishedStep{{"+1 fully complied", []Status{Delivered}}, {"0 work in progress or partial", []Status{PartlyDelivered, UnderWay}}, {"−1 failed", no}}},
		{Code: "ogp", Steps: []PublishedStep{{"complete", []Status{Delivered}}, {"substantial", []Status{PartlyDelivered}}, {"limited", []Status{UnderWay}}, {"not started", []Status{Announced}}, {"no evidence", []Status{NoPublicAction}}}},
		{Code: "csc", Steps: []PublishedStep{{"implemented", []Status{Delivered}}, {"nearing", []Status{PartlyDelivered}}, {"on track", []Status{UnderWay}}, {"limited progress", []Status{UnderWay}}, {"significant barriers", []Status{Stalled}}}},
		{Code: "open_sdg", Steps: []PublishedStep{{"achieved", []Status{Delivered}}, {"substantial", no}, {"moderate", no}, {"limited", no}, {"deterioration", no}, {"not available", []Status{NotAssessed}}}},
		{Code: "iati", Steps: []PublishedStep{{"pipeline", []Status{Announced}}, {"implementation", []Status{UnderWay}}, {"finalisation", []Status{PartlyDelivered}}, {"closed", no}, {"suspended", []Status{Stalled}}, {"cancelled", []Status{Dropped}}}},
		{Code: "upr", Steps: []PublishedStep{{"completed", []Status{Delivered}}, {"ongoing", []Status{PartlyDelivered, UnderWay}}, {"no action", []Status{NoPublicAction}}}},
	}
}

// Near returns the names of the steps that come closest to a status.
func (p PublishedScale) Near(s Status) []string {
	var names []string
	for _, step := range p.Steps {
		if slices.Contains(step.Statuses, s) {
			names = append(names, step.Name)
		}
	}
	return names
}

// Alone returns the names of the steps that have no status beside them.
func (p PublishedScale) Alone() []string {
	var names []string
	for _, step := range p.Steps {
		if len(step.Statuses) == 0 {
			names = append(names, step.Name)
		}
	}
	return names
}
