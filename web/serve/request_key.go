package serve

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
)

// RequestKey returns the key of a request, or "" when it has none.
func RequestKey(h http.Header) (civic.RequestKey, error) {
	values := h.Values(KeyHeader)
	switch {
	case len(values) == 0:
		return "", nil
	case len(values) > 1:
		return "", BadParameter(KeyHeader, "must not be repeated")
	}
	key, err := civic.ParseRequestKey(values[0])
	if err != nil {
		return "", BadParameter(KeyHeader, err.Error())
	}
	return key, nil
}
