/* "Lihat per tanggal" pada rapor unit: mencari keadaan pada hari yang dipilih di per-tanggal.json.
   Tanpa pustaka. Semua teks masuk sebagai textContent; tidak ada HTML yang dirangkai. */
(function () {
  'use strict';

  var MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober',
    'November', 'Desember'];
  var TIERS = [['mandiri', 'Mandiri'], ['tpi', 'TPI'], ['tpn', 'TPN']];
  var LOOKS = ['', 'zi-angka', 'zi-angka', 'zi-angka', 'zi-luas'];
  var DAY = 86400000;

  var box = document.getElementById('kala');
  if (!box) { return; }
  var field = document.getElementById('kala-hari');
  var result = document.getElementById('kala-hasil');
  var carried = document.getElementById('kala-data');
  var data = carried ? JSON.parse(carried.textContent) : null;

  function element(name, content, look) {
    var made = document.createElement(name);
    if (look) { made.className = look; }
    (Array.isArray(content) ? content : [content]).forEach(function (part) {
      made.appendChild(typeof part === 'string' ? document.createTextNode(part) : part);
    });
    return made;
  }

  function dayText(day) {
    var parts = day.split('-').map(Number);
    return parts[2] + ' ' + MONTHS[parts[1] - 1] + ' ' + parts[0];
  }

  function daysBetween(from, to) {
    return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
  }

  /* Baris terakhir yang sudah berlaku pada hari itu; baris urut dari yang terlama. */
  function latest(rows, day) {
    return rows.filter(function (row) { return row.mulai <= day; }).pop();
  }

  function fact(name, value) {
    return element('div', [element('dt', name), element('dd', value)]);
  }

  function due(state, day) {
    var left = daysBetween(day, state.jatuh_tempo);
    var words = left < 0 ? 'lewat ' + -left + ' hari' : left ? left + ' hari lagi' : 'hari ini';
    return dayText(state.jatuh_tempo) + ' (' + words + ')';
  }

  function facts(state, day) {
    var list = [fact('Predikat', state.predikat || 'belum berpredikat'), fact('Pemantauan', state.keadaan)];
    if (state.jatuh_tempo) { list.push(fact('Jatuh tempo', due(state, day))); }
    if (state.pelaksana) { list.push(fact('Pelaksana', state.pelaksana)); }
    if (state.dilarang_sampai) { list.push(fact('Larangan usulan sampai', dayText(state.dilarang_sampai))); }
    list.push(fact('Berlaku sejak', [dayText(state.mulai) + ', data dari commit ',
      element('code', state.commit.slice(0, 12))]));
    return element('dl', list, 'zi-facts');
  }

  function scoreRow(row) {
    var link = element('a', 'commit ' + row.commit.slice(0, 12));
    link.href = 'riwayat/index.html#c-' + row.commit.slice(0, 12);
    var cells = TIERS.map(function (tier) { return element('td', row.tampil[tier[0]] || '–', 'zi-angka'); });
    var year = element('th', String(row.tahun));
    year.scope = 'row';
    return element('tr', [year].concat(cells, [element('td', [link, ', ' + dayText(row.mulai)], 'zi-luas')]));
  }

  function scores(day) {
    var years = data.nilai.map(function (row) { return row.tahun; });
    var rows = years.filter(function (year, place) { return years.indexOf(year) === place; })
      .sort(function (one, other) { return other - one; })
      .map(function (year) {
        return latest(data.nilai.filter(function (row) { return row.tahun === year; }), day);
      })
      .filter(function (row) { return row && Object.keys(row.total).length; });
    if (!rows.length) { return element('p', 'Belum ada nilai pada hari itu.', 'zi-none'); }
    var names = ['Tahun'].concat(TIERS.map(function (tier) { return tier[1]; }), ['Nilai berlaku sejak']);
    var head = element('tr', names.map(function (name, place) {
      var cell = element('th', name, LOOKS[place]);
      cell.scope = 'col';
      return cell;
    }));
    var table = element('table', [
      element('caption', element('span', 'Total per tahun dan penilai, ' + dayText(day))),
      element('thead', head), element('tbody', rows.map(scoreRow))
    ], 'zi-table');
    var region = element('div', table, 'zi-scroll');
    region.tabIndex = 0;
    region.setAttribute('role', 'region');
    region.setAttribute('aria-label', 'Total per tahun dan penilai');
    return region;
  }

  function parts(day) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) { return [element('p', 'Pilih sebuah tanggal.', 'zi-none')]; }
    var first = data.pemantauan[0];
    if (!first || day < first.mulai) {
      var since = first ? ' Unit ini ada di registri sejak ' + dayText(first.mulai) + '.' : '';
      return [element('p', 'Belum ada data pada ' + dayText(day) + '.' + since, 'zi-none')];
    }
    var state = latest(data.pemantauan, day);
    if (!state.status) {
      return [element('p', 'Pada ' + dayText(day) + ' unit ini tidak ada di registri.', 'zi-none')];
    }
    var until = data.sampai.tanggal < day
      ? [element('p', 'Sesudah commit terakhir (' + dayText(data.sampai.tanggal)
        + '): dihitung dari data yang ada sampai hari itu.', 'zi-soft')]
      : [];
    return [facts(state, day), scores(day)].concat(until);
  }

  function fill(shown) {
    while (result.firstChild) { result.removeChild(result.firstChild); }
    shown.forEach(function (part) { result.appendChild(part); });
  }

  function show() {
    if (data) { fill(parts(field.value)); return; }
    fetch(box.getAttribute('data-sumber'))
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error(answer.status)); })
      .then(function (read) { data = read; fill(parts(field.value)); })
      .catch(function () {
        fill([element('p', 'Data tidak dapat dibaca. Halaman yang dibuka langsung dari folder tidak boleh membaca '
          + 'berkas lain; bukalah lewat server web.', 'zi-none')]);
      });
  }

  box.hidden = false;
  field.addEventListener('change', show);
  if (data) { show(); }
}());
