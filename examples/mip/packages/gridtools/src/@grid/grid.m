function g = grid(a, b, n)
%GRID  n + 1 points at equal distances from a to b.
%   g = GRID(a, b, n) can be asked for points(g) and step(g).

if ~(b > a) || n < 1 || n ~= fix(n)
    error('gridtools:grid', 'grid: needs a < b and a whole number of cells');
end
g = class(struct('a', a, 'b', b, 'n', n), 'grid');
end
