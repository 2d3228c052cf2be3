package walk

// zOrder returns a number for a point such that points with near numbers are
// near: the bits of longitude and latitude in turn (Morton, "A computer oriented
// geodetic data base and a new technique in file sequencing", 1966).
func (p point) zOrder() uint64 {
	return spread(uint32(p.lon)^1<<31)<<1 | spread(uint32(p.lat)^1<<31)
}

// pointInZOrder returns the point with a number.
func pointInZOrder(z uint64) point {
	return point{int32(gather(z>>1) ^ 1<<31), int32(gather(z) ^ 1<<31)}
}

// masks leave every second bit, pair, group of four and so on.
var masks = [...]uint64{0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f, 0x00ff00ff00ff00ff, 0x0000ffff0000ffff}

// spread returns v with a zero before each bit.
func spread(v uint32) uint64 {
	z := uint64(v)
	for i := len(masks) - 1; i >= 0; i-- {
		z = (z | z<<(1<<i)) & masks[i]
	}
	return z
}

// gather returns every second bit of z, the lowest first.
func gather(z uint64) uint32 {
	z &= masks[0]
	for i := range masks {
		z |= z >> (1 << i)
		if i+1 < len(masks) {
			z &= masks[i+1]
		}
	}
	return uint32(z)
}
