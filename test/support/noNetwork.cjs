/** Loaded into a Node with `--require`: whatever opens a connection fails. */
const { Socket } = require('node:net');
const dgram = require('node:dgram');

function refuse() {
  throw new Error('There is no network here.');
}

Socket.prototype.connect = refuse;
dgram.createSocket = refuse;
