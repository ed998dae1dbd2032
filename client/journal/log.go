// The write-ahead log that a desk left behind, looked at before SQLite reads
// it: SQLite ends at the first part that is damaged, and says nothing of what
// stood behind it.
//
// The forms are those of https://sqlite.org/fileformat2.html#the_write_ahead_log
// and https://sqlite.org/walformat.html#the_wal_index_file_format.

package journal

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

const (
	logHeader   = 32         // bytes
	frameHeader = 24         // bytes, before each page
	logMagic    = 0x377f0682 // the last bit: the checksums are big-endian
	logVersion  = 3007000    // of log and index
	indexHeader = 48         // bytes; it is there twice
)

// logLost says whether a log that nobody has open lacks something that was
// recorded. There are two proofs, and none of them can be had from a log that ends
// as a process or a computer went down in the middle of writing:
//
//   - the log's index, which names the last frame that was committed; it stays
//     where a process was killed, and is never ahead of the log
//   - a whole transaction behind a damaged frame, and more after that: a
//     transaction begins only when the one before is on the disk
func logLost(path string) (bool, error) {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return false, ignoreMissing(err) // a new journal: what is beside it is none of it
	}
	index, err := readIndex(path + "-shm")
	if err != nil {
		return false, err
	}
	log, err := readLog(path + "-wal")
	if err != nil {
		return false, err
	}
	if index.whole && (!log.whole || log.salts == index.salts) && index.committed > max(log.committed, index.moved) {
		return true, nil
	}
	return log.behind, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// openRegular opens a file to read it; nil for what is not there, or no file.
func openRegular(path string) (*os.File, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, ignoreMissing(err) // a pipe would keep us waiting
	}
	file, err := os.Open(path)
	return file, ignoreMissing(err)
}

// logIndex is what the index says of the log.
type logIndex struct {
	whole     bool // it can be believed
	salts     [8]byte
	committed uint32 // the last frame that counts
	moved     uint32 // up to this frame all is in the database
}

// readIndex reads an index; one that is not there, or not whole, says nothing.
func readIndex(path string) (logIndex, error) {
	data := make([]byte, 2*indexHeader+4)
	file, err := openRegular(path)
	if file == nil {
		return logIndex{}, err
	}
	defer func() { _ = file.Close() }() // only read from
	if _, err := io.ReadFull(file, data); err != nil {
		return logIndex{}, ignoreShort(err)
	}
	header, native := data[:indexHeader], binary.NativeEndian
	sum := checksum{order: native}
	sum.add(header[:40])
	if string(header) != string(data[indexHeader:2*indexHeader]) || native.Uint32(header) != logVersion || header[12] == 0 ||
		sum.a != native.Uint32(header[40:]) || sum.b != native.Uint32(header[44:]) {
		return logIndex{}, nil
	}
	return logIndex{
		whole: true, salts: [8]byte(header[32:40]),
		committed: native.Uint32(header[16:]), moved: native.Uint32(data[2*indexHeader:]),
	}, nil
}

func ignoreShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// logFound is what a log holds.
type logFound struct {
	whole     bool // its header is
	salts     [8]byte
	committed uint32 // the last frame that SQLite will read
	behind    bool   // behind that is a transaction that was on the disk, see logLost
}

// readLog reads a log from its beginning to its end.
func readLog(path string) (logFound, error) {
	file, err := openRegular(path)
	if file == nil {
		return logFound{}, err
	}
	defer func() { _ = file.Close() }() // only read from
	in := bufio.NewReaderSize(file, 1<<16)
	header := make([]byte, logHeader)
	if _, err := io.ReadFull(in, header); err != nil {
		return logFound{}, ignoreShort(err)
	}
	sum, pageSize := headerOf(header)
	if pageSize == 0 {
		return logFound{}, nil
	}
	found := logFound{whole: true, salts: [8]byte(header[16:24])}
	return found, found.read(in, sum, make([]byte, frameHeader+pageSize))
}

// headerOf gives what a log's header says: the checksum up to there and the size of
// a page in bytes, 0 where it is damaged.
func headerOf(header []byte) (sum checksum, pageSize uint32) {
	big := binary.BigEndian
	magic, pageSize := big.Uint32(header), big.Uint32(header[8:])
	sum.order = binary.LittleEndian
	if magic&1 == 1 {
		sum.order = big
	}
	sum.add(header[:24])
	switch {
	case magic&^1 != logMagic, big.Uint32(header[4:]) != logVersion,
		pageSize < 512, pageSize > 1<<16, pageSize&(pageSize-1) != 0,
		sum.a != big.Uint32(header[24:]), sum.b != big.Uint32(header[28:]):
		return sum, 0
	}
	return sum, pageSize
}

// read reads all frames, each into frame.
func (f *logFound) read(in io.Reader, sum checksum, frame []byte) error {
	sound, ended := true, false // ended: a transaction did, at what is damaged or behind it
	for n := uint32(1); ; n++ {
		if _, err := io.ReadFull(in, frame); err != nil {
			return ignoreShort(err)
		}
		if [8]byte(frame[8:16]) != f.salts { // of an earlier round, or damaged
			sound = false
			continue
		}
		f.behind = f.behind || ended
		sound = sound && sum.holds(frame)
		if commits := binary.BigEndian.Uint32(frame[4:]) != 0; commits {
			if sound {
				f.committed = n
			}
			ended = !sound
		}
	}
}

// holds goes on to the end of a frame, and says whether its checksum is that.
func (c *checksum) holds(frame []byte) bool {
	c.add(frame[:8])
	c.add(frame[frameHeader:])
	return c.a == binary.BigEndian.Uint32(frame[16:]) && c.b == binary.BigEndian.Uint32(frame[20:])
}

// checksum is that of a log: it goes on from what was added before.
type checksum struct {
	order binary.ByteOrder
	a, b  uint32
}

// add takes eight bytes at a time, and no others.
func (c *checksum) add(data []byte) {
	for ; len(data) >= 8; data = data[8:] {
		c.a += c.order.Uint32(data) + c.b
		c.b += c.order.Uint32(data[4:]) + c.a
	}
}

// keepLog copies a log beside the journal, for SQLite is going to write over it, and
// tells the copy's path; empty where there is none, or nothing in it.
func keepLog(path string, now time.Time) (kept string, err error) {
	from, err := openRegular(path + "-wal")
	if from == nil {
		return "", err
	}
	defer func() { _ = from.Close() }() // only read from
	if info, err := from.Stat(); err != nil || info.Size() == 0 {
		return "", err
	}
	kept = asideName(path, now) + "-wal"
	to, err := os.OpenFile(kept, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Sync(), to.Close()); err != nil {
		return "", errors.Join(err, os.Remove(kept))
	}
	return kept, nil
}
