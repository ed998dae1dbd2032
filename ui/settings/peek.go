// Looking at the settings file without taking part in it.

package settings

import "fmt"

// Peek gives what the file holds at this moment, whatever of this process waits
// to be written, and changes nothing: the Store goes on with what it knows. Errors:
// fs.ErrNotExist where there is no file yet, else as of Open; a damaged file is
// left where it is. It reads from the disk.
func (s *Store) Peek() (Settings, error) {
	var data []byte
	err := patiently(func() (err error) {
		data, err = readLimited(s.path) // whole, without the lock: it is only ever renamed into place
		return err
	})
	var found Settings
	if err == nil {
		found, err = decode(data)
	}
	if err != nil {
		return Settings{}, fmt.Errorf("look at the settings: %w", err)
	}
	return found, nil
}
