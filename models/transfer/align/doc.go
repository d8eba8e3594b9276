// Package align proposes which paragraphs of two or more language versions of one statement belong together, and how
// sure that is. It only proposes: a person looks at every row. It never changes a text, it only names places in it.
// Reading files, cutting texts into paragraphs and finding commitments belong elsewhere.
//
// The method is sentence alignment by a dynamic programme over paragraphs, with the length model of William A. Gale and
// Kenneth W. Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1), 1993.
// Beside the lengths it weighs what both sides share: numbers, dates, names, and the pairs of a small glossary.
// docs/statements.md explains it to people.
package align
