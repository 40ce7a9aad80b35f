% The angles between the rows of two matrices.
A = [1 0; 1 1];
B = [0 1; 1 1];
disp(acos(row_dot(A, B) ./ sqrt(row_dot(A, A) .* row_dot(B, B))));
