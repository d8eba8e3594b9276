package models

// SuggestionRules is how passages of one language are suggested as commitments, and how often that is right.
type SuggestionRules struct {
	Lang     Lang                 `json:"lang"`
	Verbs    []SuggestionRule     `json:"verbs" description:"Verbs that bind, in the order they are tried."`
	Others   []SuggestionRule     `json:"others" description:"Who speaks, objects that change the type, what is not meant, lists, and what is read out of a passage."`
	Measured []SuggestionMeasured `json:"measured" description:"Against statements marked by hand."`
}

// SuggestionRule is one rule by which passages are suggested; suggestions name it.
type SuggestionRule struct {
	Name      string   `json:"name"`
	Anchor    string   `json:"anchor" description:"Fragment of the rule on the page /method."`
	Example   string   `json:"example,omitempty" description:"In the language of the rule."`
	Patterns  []string `json:"patterns,omitempty" description:"Regular expressions, as the program has them."`
	Strength  string   `json:"strength,omitempty"`
	Type      string   `json:"type,omitempty" description:"action, standing, position, assessment; work where the verb of what is to be done decides between the first two."`
	Trackable bool     `json:"trackable,omitempty"`
	Explain   Text     `json:"explain"`
}

// SuggestionMeasured is how suggestions did on one set of marked statements.
type SuggestionMeasured struct {
	HeldOut    bool    `json:"held_out" description:"The rules were made without these statements in view."`
	Statements int     `json:"statements"`
	Marks      int     `json:"marks" description:"Passages that were marked by hand."`
	Suggested  int     `json:"suggested"`
	Matched    int     `json:"matched" description:"Suggestions that match a mark."`
	Precision  float64 `json:"precision" description:"Share of suggestions that match a mark."`
	Recall     float64 `json:"recall" description:"Share of marks that a suggestion matches."`
}
