// Package suggest proposes the passages of a statement that bind its authors, by a rule set that is data: performative
// verbs with their strength, who speaks, what is not meant, lists, dates and measures, for English and for Japanese. It
// proposes and a person decides. It also measures the rules against statements that were marked by hand.
// Nothing in it reads or writes the record.
package suggest
