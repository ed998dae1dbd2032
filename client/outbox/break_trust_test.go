// Certificates for services of tests. The client's own transport trusts what the
// system trusts, so the tests' authority is made the system's for this process.

//go:debug x509usefallbackroots=1

package outbox_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"sync"
	"time"
)

// trusted gives a configuration for a server that the client trusts, and the
// authority for another process of this test.
var trusted = sync.OnceValues(func() (*tls.Config, string) {
	config, certificate, err := selfSigned()
	if err != nil {
		panic(err)
	}
	authority := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	trust(authority)
	return config, authority
})

// trust makes an authority the system's, once in a process.
func trust(authority string) {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(authority))
	x509.SetFallbackRoots(pool)
}

// selfSigned makes a certificate for this computer.
func selfSigned() (*tls.Config, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a service of tests"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, nil, err
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, der, nil
}
