// Package models is the vocabulary of Followthrough: forums, meetings, statements, commitments, initiatives,
// updates and evidence, the rules of the status scale and of time, permissions, and the one error type that
// reaches people. It compiles with the standard library alone: no SQL, no HTTP and no templates belong here.
// docs/glossary.md explains each word.
package models
