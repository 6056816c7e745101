/** Express 4 under another name, beside 5: what the tests use of it has the same types. */
declare module 'express-4' {
  import express = require('express')
  export = express
}
