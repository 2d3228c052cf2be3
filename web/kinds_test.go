package web_test

import (
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/kinds"
)

// callersOf returns the callers who hold one of the roles somewhere in the district.
func callersOf(roles []civic.Role) (all []caller) {
	for _, role := range roles {
		switch role {
		case civic.Anybody:
			return everybody
		case civic.Reporter:
			return anySession
		case civic.Member:
			all = append(all, member, memberElsewhere)
		case civic.Animator:
			all = append(all, animator, animatorElsewhere)
		default:
			all = append(all, caller(role.String()))
		}
	}
	return all
}

// kindAccessRows returns the rows of the routes of all kinds of things, as their
// rules say who may add and edit them. The thing 1 is a pin, and none of them.
func kindAccessRows() (rows []accessRow) {
	for _, kind := range kinds.All(kinds.Config{}) {
		d, api := "/d/trial/"+kind.Plural(), "/api/v1/districts/trial/"+kind.Plural()
		page, inAPI := "/d/{district}/"+kind.Plural(), "/api/v1/districts/{district}/"+kind.Plural()
		roles := kind.Kind.Rules().Roles
		submit, edit := callersOf(roles[civic.Submit]), callersOf(roles[civic.Edit])
		list, one := everybody, everybody
		if kind.Kind.Rules().Private {
			list, one = edit, anySession
		} else {
			rows = append(rows, []accessRow{
				{"GET " + page + "/{id}/report", d + "/1/report", "", 404, everybody},
				{"POST " + page + "/{id}/report", d + "/1/report", "", 404, everybody},
				{"GET " + page + ".atom", d + ".atom", "", 200, everybody},
				{"GET " + page + "/{id}.atom", d + "/1.atom", "", 404, everybody},
			}...)
		}
		rows = append(rows, []accessRow{
			{"GET " + page, d, "", 200, list},
			{"GET " + page + "/new", d + "/new", "", 200, submit},
			{"POST " + page + "/new", d + "/new", "key=0123456789abcdefghijkl&name.pl=", 422, submit},
			{"GET " + page + "/{id}", d + "/1", "", 404, one},
			{"GET " + page + "/{id}/versions", d + "/1/versions", "", 404, one},
			{"GET " + page + "/{id}/edit", d + "/1/edit", "", 404, edit},
			{"POST " + page + "/{id}/edit", d + "/1/edit", "version=1", 404, edit},
			{"POST " + page + "/{id}/actions", d + "/1/actions", "action=publish&version=1", 404, anySession},
			{"GET " + page + ".csv", d + ".csv", "", 200, list},
			{"GET " + page + ".xlsx", d + ".xlsx", "", 200, list},
			{"GET " + page + ".geojson", d + ".geojson", "", 200, list},
			{"GET " + inAPI, api, "", 200, list},
			{"POST " + inAPI, api, "{}", 400, submit},
			{"GET " + inAPI + "/{id}", api + "/1", "", 404, one},
			{"PUT " + inAPI + "/{id}", api + "/1", "{}", 400, edit},
		}...)
	}
	return rows
}

// kindAddresses returns addresses of the routes of all kinds that serve GET, by the
// methods that they allow, and what caches may do with them.
func kindAddresses() (methods, caching map[string]string) {
	const get = "GET, HEAD, OPTIONS"
	methods, caching = map[string]string{}, map[string]string{}
	for _, kind := range kinds.All(kinds.Config{}) {
		d, api := "/d/trial/"+kind.Plural(), "/api/v1/districts/trial/"+kind.Plural()
		submitted := "private, no-store"
		if slices.Contains(kind.Kind.Rules().Roles[civic.Submit], civic.Anybody) {
			submitted = "no-store"
		}
		add := func(path, allowed, control string) { methods[path], caching[path] = allowed, control }
		list, one, file, inAPI := "private, no-cache", "no-store", "no-store", "no-cache"
		if kind.Kind.Rules().Private { // of which nobody knows who has not signed in
			list, one, file, inAPI = "private, no-store", "private, no-store", "private, no-store", "no-store"
		} else {
			add(d+"/1/report", "POST, "+get, "no-store")
			add(d+".atom", get, "no-store")
			add(d+"/1.atom", get, "no-store")
		}
		add(d, get, list)
		add(d+"/new", "POST, "+get, submitted)
		add(d+"/1", get, one)
		add(d+"/1/versions", get, one)
		add(d+"/1/edit", "POST, "+get, "private, no-store")
		add(d+".csv", get, file)
		add(d+".xlsx", get, file)
		add(d+".geojson", get, file)
		add(api, "POST, "+get, inAPI)
		add(api+"/1", "PUT, "+get, "no-store")
	}
	return methods, caching
}

// isOfKind reports whether a pattern is one of a kind of things, that ends so.
func isOfKind(pattern string, ends ...string) bool {
	for _, kind := range kinds.All(kinds.Config{}) {
		for _, end := range ends {
			if strings.HasSuffix(pattern, "/{district}/"+kind.Plural()+end) {
				return true
			}
		}
	}
	return false
}
