package flags

import (
	"regexp"
	"strings"
)

// platePattern matches the forms of Polish plates, by the regulation on the
// registration of vehicles: the letters of a county and four or five characters,
// at least one of them a digit; and those of Ukrainian ones, in either script.
var platePattern = regexp.MustCompile(`([BCDEFGKLNOPRSTWZ][A-Z])[ -]?(?:\d{5}|\d{4}[A-Z]|\d{3}[A-Z]{2}|\d[A-Z]\d{3}|\d[A-Z]{2}\d{2})` +
	`|([BCDEFGKLNOPRSTWZ][A-Z]{2})[ -]?(?:\d{5}|\d{4}[A-Z]|\d{3}[A-Z]{2}|[A-Z]\d{3}|\d{2}[A-Z]{2}|\d[A-Z]\d{2}|\d{2}[A-Z]\d|\d[A-Z]{2}\d|[A-Z]{2}\d{2}|[A-Z]\d{2}[A-Z]|[A-Z]\d[A-Z]{2})` +
	`|[ABCEHIKMOPTXАВСЕНІКМОРТХ]{2}[ -]?\d{4}[ -]?[ABCEHIKMOPTXАВСЕНІКМОРТХ]{2}`)

// Counties of two letters, and those of three around Kraków and other words of
// three letters before numbers.
const (
	counties2  = " BI BL BS CB CG CT CW DB DJ DL DW DX EL EP ES FG FZ GA GD GS GX KK KN KR KT LB LC LU LZ NE NO OP PA PK PL PN PO PP PT PX PY RK RP RT RZ SB SC SD SG SH SI SJ SK SL SM SO SR ST SW SY SZ TK TX WA WB WD WE WF WH WI WJ WK WN WO WR WS WT WU WW WX WY WZ ZK ZS ZZ "
	notCounty3 = " BDO BIP BUS CPR DIN DPS EAN GPS GUS KRS KNR LED NIP NFZ NRP OSM PAN PCV PIT PKN PKP PKS PLN POD RAL REF RSN RTV SIM SMS SSD TIR TLC TLK TPN WWW ZTM ZUS ZTP "
)

func plates(text string) (found []Span) {
	for _, at := range platePattern.FindAllStringSubmatchIndex(text, -1) {
		start, end := at[0], at[1]
		switch {
		case !isAlone(text, start, end):
			continue
		case at[2] >= 0:
			county := text[at[2]:at[3]]
			isNorm := county == "PN" && text[at[3]] == '-'
			if !strings.Contains(counties2, " "+county+" ") || isNorm {
				continue
			}
		case at[4] >= 0:
			if strings.Contains(notCounty3, " "+text[at[4]:at[5]]+" ") {
				continue
			}
		}
		found = append(found, Span{Plate, start, end})
	}
	return found
}
