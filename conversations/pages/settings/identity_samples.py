"""What a customer pastes into their own server to sign who a visitor is: standard libraries only."""

from typing import Final

PYTHON: Final = """
import base64, hashlib, hmac, json, os, time

def parley_token(user_id, name, email):
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT", "kid": "%(key_id)s"}
    claims = {"sub": str(user_id), "name": name, "email": email, "iat": now, "exp": now + 3600}
    body = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
    signature = hmac.new(os.environ["PARLEY_SECRET"].encode(), body, hashlib.sha256).digest()
    return (body + b"." + part(signature)).decode()
"""
NODE: Final = """
import { createHmac } from 'node:crypto';

export function parleyToken(userId, name, email) {
  const part = (data) => Buffer.from(JSON.stringify(data)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', typ: 'JWT', kid: '%(key_id)s' };
  const claims = { sub: String(userId), name, email, iat: now, exp: now + 3600 };
  const body = `${part(header)}.${part(claims)}`;
  const signature = createHmac('sha256', process.env.PARLEY_SECRET).update(body).digest('base64url');
  return `${body}.${signature}`;
}
"""
PHP: Final = """
function parley_token($userId, $name, $email) {
    $part = fn($data) => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    $now = time();
    $header = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => '%(key_id)s'];
    $claims = ['sub' => (string) $userId, 'name' => $name, 'email' => $email, 'iat' => $now, 'exp' => $now + 3600];
    $body = $part(json_encode($header)) . '.' . $part(json_encode($claims));
    return $body . '.' . $part(hash_hmac('sha256', $body, getenv('PARLEY_SECRET'), true));
}
"""
RUBY: Final = """
require "base64"
require "json"
require "openssl"

def parley_token(user_id, name, email)
  part = ->(data) { Base64.urlsafe_encode64(data, padding: false) }
  now = Time.now.to_i
  header = { alg: "HS256", typ: "JWT", kid: "%(key_id)s" }
  claims = { sub: user_id.to_s, name: name, email: email, iat: now, exp: now + 3600 }
  body = [header, claims].map { |data| part.call(JSON.generate(data)) }.join(".")
  "#{body}.#{part.call(OpenSSL::HMAC.digest("SHA256", ENV.fetch("PARLEY_SECRET"), body))}"
end
"""
PAGE: Final = "Parley = window.Parley || [];\nParley.push(['identify', { token: 'TOKEN FROM YOUR SERVER' }]);"


def samples(*, key_id: str) -> list[tuple[str, str]]:
    """Return (language, code) with the id of an HS256 key in it; its secret stays in the server's environment."""
    languages = (("Python", PYTHON), ("Node.js", NODE), ("PHP", PHP), ("Ruby", RUBY))
    return [(name, code.strip().replace("%(key_id)s", key_id)) for name, code in languages]
