// Package civic defines the domain: districts, areas, categories and pins, the
// lifecycle of a pin, and the rules that decide what is valid and what the
// public may see.
//
// The package is pure: it uses no database, no network and no clock. Errors
// that other packages must distinguish are sentinel errors of this package.
package civic
