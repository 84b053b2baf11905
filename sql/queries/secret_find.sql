-- name: secret_find
-- purpose: the secret that signs form tokens and seals second factors, in hexadecimal
-- role: rw
-- param: none
-- column: key text
-- rows: one
select encode(key, 'hex') as key from secret
