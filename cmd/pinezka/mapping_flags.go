package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pinezka/pinezka/ingest"
)

// mapping returns the mapping that the flags --map (TARGET=COLUMN), --default
// (TARGET=VALUE), --value (TARGET:FROM=TO) and --date-layout describe.
func (f *importFlags) mapping() (ingest.Mapping, error) {
	m := ingest.Mapping{
		Column:     map[ingest.Target]string{},
		Default:    map[ingest.Target]string{},
		Values:     map[ingest.Target]map[string]string{},
		DateLayout: f.dateLayout,
		SwapAxes:   f.swapAxes,
	}
	for _, flag := range []struct {
		name string
		args []string
		add  func(arg string) error
	}{
		{"map", f.columns, func(arg string) error { return addTarget(m.Column, arg) }},
		{"default", f.defaults, func(arg string) error { return addTarget(m.Default, arg) }},
		{"value", f.values, func(arg string) error { return addTranslation(m.Values, arg) }},
	} {
		for _, arg := range flag.args {
			if err := flag.add(arg); err != nil {
				return ingest.Mapping{}, fmt.Errorf("--%s %q: %w", flag.name, arg, err)
			}
		}
	}
	return m, nil
}

// addTarget adds TARGET=COLUMN or TARGET=VALUE.
func addTarget(to map[ingest.Target]string, arg string) error {
	name, value, found := strings.Cut(arg, "=")
	if !found || strings.TrimSpace(value) == "" {
		return errors.New("write it as TARGET=VALUE")
	}
	target, err := ingest.ParseTarget(name)
	if err != nil {
		return err
	}
	if _, repeated := to[target]; repeated {
		return fmt.Errorf("%s is given twice", target)
	}
	to[target] = strings.TrimSpace(value)
	return nil
}

// addTranslation adds TARGET:FROM=TO. FROM, a value of the file, can contain an
// equals sign.
func addTranslation(values map[ingest.Target]map[string]string, arg string) error {
	name, translation, found := strings.Cut(arg, ":")
	i := strings.LastIndexByte(translation, '=')
	if !found || i <= 0 || strings.TrimSpace(translation[i+1:]) == "" {
		return errors.New("write it as TARGET:FROM=TO")
	}
	target, err := ingest.ParseTarget(name)
	if err != nil {
		return err
	}
	from, to := strings.TrimSpace(translation[:i]), strings.TrimSpace(translation[i+1:])
	if values[target] == nil {
		values[target] = map[string]string{}
	}
	if other, repeated := values[target][from]; repeated && other != to {
		return fmt.Errorf("%q is translated twice", from)
	}
	values[target][from] = to
	return nil
}
